package imagefunctions.imaging.error;

import org.jspecify.annotations.Nullable;

/** What a caller did wrong, in words that say what to do next. */
public abstract sealed class ImageException extends RuntimeException
        permits NotAnImageException, DamagedImageException, TooManyPixelsException, BadParameterException {

    ImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
