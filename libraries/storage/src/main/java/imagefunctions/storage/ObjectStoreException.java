package imagefunctions.storage;

import java.io.IOException;
import java.util.Objects;

/** The store did not do what was asked, with a message that says what to look at. */
public final class ObjectStoreException extends IOException {
    ObjectStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether the same request may succeed at another time: not if no request can be made of the name. */
    public boolean isPassing() {
        return !(getCause() instanceof IllegalArgumentException);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
