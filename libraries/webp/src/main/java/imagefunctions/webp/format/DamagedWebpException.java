package imagefunctions.webp.format;

/** The file is corrupt or truncated. */
public final class DamagedWebpException extends WebpException {
    private static final long serialVersionUID = 1;

    public DamagedWebpException(String message) {
        super(message);
    }
}
