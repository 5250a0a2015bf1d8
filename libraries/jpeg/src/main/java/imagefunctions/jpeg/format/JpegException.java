package imagefunctions.jpeg.format;

/** What the engine could not do with a file, said by the file's own fault or by the engine's limits. */
public abstract sealed class JpegException extends RuntimeException
        permits DamagedJpegException, UnsupportedJpegException {
    private static final long serialVersionUID = 1;

    /** Without a stack trace: it tells of a file, not of code, and hostile files come in numbers. */
    JpegException(String message) {
        super(message, null, false, false);
    }
}
