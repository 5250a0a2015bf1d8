package imagefunctions.egress;

import java.io.IOException;
import java.util.Objects;

/** A user's URL that is not called, or never will be of use, with a message for that user. */
public final class RefusedUrlException extends IOException {
    RefusedUrlException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
