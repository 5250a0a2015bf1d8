package imagefunctions.imaging.error;

import org.jspecify.annotations.Nullable;

/** A mistake of the caller, with a message that says what to do next. */
public abstract sealed class ImageException extends RuntimeException
        permits NotAnImageException, DamagedImageException, TooManyPixelsException, BadParameterException {

    ImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
