package imagefunctions.imaging.error;

import org.jspecify.annotations.Nullable;

/** The file begins like an image but is truncated or corrupt. */
public final class DamagedImageException extends ImageException {

    public DamagedImageException(String what, @Nullable Throwable cause) {
        super("The %s. Send the whole, undamaged file again.".formatted(what), cause);
    }
}
