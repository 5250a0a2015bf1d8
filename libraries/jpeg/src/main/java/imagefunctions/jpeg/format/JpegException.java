package imagefunctions.jpeg.format;

/** A file that the engine cannot read: it is corrupt, or it is not supported. */
public abstract sealed class JpegException extends RuntimeException
        permits DamagedJpegException, UnsupportedJpegException {
    private static final long serialVersionUID = 1;

    /** Without a stack trace: the fault is in the file, not in the code, and hostile files come in masses. */
    JpegException(String message) {
        super(message, null, false, false);
    }
}
