package imagefunctions.imaging.error;

/** The image has more pixels, or takes more work, than the limit allows; nothing of it was decoded. */
public final class TooManyPixelsException extends ImageException {

    public TooManyPixelsException(String what) {
        super("The picture is too large: %s. Send a smaller one.".formatted(what), null);
    }
}
