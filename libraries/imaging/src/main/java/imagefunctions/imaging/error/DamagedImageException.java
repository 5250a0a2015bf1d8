package imagefunctions.imaging.error;

import org.jspecify.annotations.Nullable;

/** The file begins like an image but is truncated or corrupt. */
public final class DamagedImageException extends ImageException {

    public DamagedImageException(String what, @Nullable Throwable cause) {
        super("The %s. Send the whole, undamaged file again.".formatted(what), cause);
    }

    private DamagedImageException(Throwable cause, String message) {
        super(message, cause);
    }

    /** For a reason that is a whole sentence. */
    public static DamagedImageException because(String sentence, Throwable cause) {
        return new DamagedImageException(cause, sentence + " Send the whole, undamaged file again.");
    }
}
