package imagefunctions.asynccalls;

import java.io.IOException;
import java.util.Objects;

/** A file of the spool that is not as it was written. */
final class CorruptEntryException extends IOException {
    CorruptEntryException(String what) {
        super("The spool's file was altered or cut off: " + what + ".");
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
