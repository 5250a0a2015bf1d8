package imagefunctions.jpeg.format;

/** The file is corrupt or truncated; a more tolerant decoder may still read it in part. */
public final class DamagedJpegException extends JpegException {
    private static final long serialVersionUID = 1;

    public DamagedJpegException(String message) {
        super(message);
    }
}
