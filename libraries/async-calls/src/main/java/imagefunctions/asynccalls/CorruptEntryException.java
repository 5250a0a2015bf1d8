package imagefunctions.asynccalls;

import java.io.IOException;
import java.util.Objects;

/** An entry of the queue that is not as it was written. */
public final class CorruptEntryException extends IOException {
    private final String reason;

    public CorruptEntryException(String reason) {
        this("The spool's file", reason);
    }

    /** What holds the entry, where that is no file of a spool. */
    public CorruptEntryException(String holder, String reason) {
        super(holder + " was altered or cut off: " + reason + ".");
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
