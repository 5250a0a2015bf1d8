package imagefunctions.jpeg.format;

/** The bytes are no sound JPEG; a more lenient decoder may still read some of it. */
public final class DamagedJpegException extends JpegException {
    private static final long serialVersionUID = 1;

    public DamagedJpegException(String message) {
        super(message);
    }
}
