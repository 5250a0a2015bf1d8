package imagefunctions.storage;

import java.io.IOException;
import java.util.Objects;

/** The store did not do what was asked, with a message that says what to look at. */
public final class ObjectStoreException extends IOException {
    ObjectStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
