package imagefunctions.asynccalls.delivery;

import imagefunctions.reasons.Reason;
import java.io.IOException;

/** A function's answer cannot be read to its end, which is no fault of whoever keeps it. */
final class BrokenAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenAnswerException(IOException cause) {
        super("The function's answer broke off: " + Reason.of(cause) + ".", cause);
    }
}
