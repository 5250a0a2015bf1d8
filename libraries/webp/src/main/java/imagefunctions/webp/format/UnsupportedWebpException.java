package imagefunctions.webp.format;

/** The file is of a kind that is not supported, or beyond a limit; the message names that kind. */
public final class UnsupportedWebpException extends WebpException {
    private static final long serialVersionUID = 1;

    public UnsupportedWebpException(String message) {
        super(message);
    }
}
