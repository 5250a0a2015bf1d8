package imagefunctions.imaging.error;

import org.jspecify.annotations.Nullable;

/** The bytes begin as a picture does, but are cut short or broken. */
public final class DamagedImageException extends ImageException {

    public DamagedImageException(String what, @Nullable Throwable cause) {
        super("The %s. Send the whole, undamaged file again.".formatted(what), cause);
    }
}
