package imagefunctions.storage;

import java.io.IOException;
import java.util.Objects;

/** The store did not do what was asked, with a message that says what to look at. */
public final class ObjectStoreException extends IOException {
    ObjectStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether the same request may succeed later: not if no request can be made of the name. Every status counts as
     * transient, since keys, buckets and policies are set up by somebody else.
     */
    public boolean isTransient() {
        return !(getCause() instanceof IllegalArgumentException);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
