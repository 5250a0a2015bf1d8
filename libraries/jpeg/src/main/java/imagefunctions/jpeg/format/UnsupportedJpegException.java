package imagefunctions.jpeg.format;

/** A sound JPEG of a kind, or a size, that this engine leaves to others. */
public final class UnsupportedJpegException extends JpegException {
    private static final long serialVersionUID = 1;

    public UnsupportedJpegException(String message) {
        super(message);
    }
}
