package imagefunctions.jpeg;

/** The bytes are no sound JPEG; a more lenient decoder may still read some of it. */
public final class DamagedJpegException extends JpegException {
    private static final long serialVersionUID = 1;

    DamagedJpegException(String message) {
        super(message);
    }
}
