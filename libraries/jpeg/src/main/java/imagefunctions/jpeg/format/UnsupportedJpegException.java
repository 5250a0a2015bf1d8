package imagefunctions.jpeg.format;

/** A valid JPEG of a kind or size that the engine does not support. */
public final class UnsupportedJpegException extends JpegException {
    private static final long serialVersionUID = 1;

    public UnsupportedJpegException(String message) {
        super(message);
    }
}
