package imagefunctions.imaging;

import org.jspecify.annotations.Nullable;

/** The picture is larger than the limits allow; nothing of it was decoded. */
public final class TooManyPixels extends ImageException {

    TooManyPixels(String what, @Nullable Throwable cause) {
        super("The picture is too large: %s. Send a smaller one.".formatted(what), cause);
    }
}
