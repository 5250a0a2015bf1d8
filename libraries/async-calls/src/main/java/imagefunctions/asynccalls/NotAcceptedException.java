package imagefunctions.asynccalls;

import java.io.IOException;
import java.util.Objects;

/** A call that the queue did not accept, with a message for its sender; nothing was kept of it. */
public abstract sealed class NotAcceptedException extends IOException
        permits QueueFullException,
                QueueUnreachableException,
                BodyTooLargeException,
                DuplicateCallException,
                CallTermsException {
    NotAcceptedException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
