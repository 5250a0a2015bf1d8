package imagefunctions.asynccalls;

import java.io.IOException;
import java.util.Objects;

/** An entry of the queue that is not as it was written. */
public final class CorruptEntryException extends IOException {
    public CorruptEntryException(String reason) {
        super("The spool's file was altered or cut off: " + reason + ".");
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
