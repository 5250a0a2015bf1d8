package imagefunctions.webp.format;

/** A file that cannot be decoded: it is corrupt, or it is not supported. */
public abstract sealed class WebpException extends RuntimeException
        permits DamagedWebpException, UnsupportedWebpException {
    private static final long serialVersionUID = 1;

    /** Without a stack trace: the fault is in the file, not in the code, and hostile files come in masses. */
    WebpException(String message) {
        super(message, null, false, false);
    }
}
