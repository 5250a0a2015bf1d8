package imagefunctions.imaging.error;

import org.jspecify.annotations.Nullable;

/** The file is not an image, or of a kind that is not supported. */
public final class NotAnImageException extends ImageException {

    private static final String SAVE_ANOTHER_WAY = " Save the picture as a usual JPEG or PNG file and send it again.";

    private static final String READ_HERE = "Send a JPEG, PNG, GIF, BMP, TIFF or WebP file.";

    private NotAnImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public static NotAnImageException empty() {
        return new NotAnImageException("Nothing was sent, not a single byte. " + READ_HERE, null);
    }

    public static NotAnImageException unknown() {
        return new NotAnImageException(
                "The bytes that were sent are not an image that can be read. " + READ_HERE, null);
    }

    /** A file of a kind that is known, and not read at all. */
    public static NotAnImageException otherKind(String kind) {
        return new NotAnImageException("This is %s. %s".formatted(kind, READ_HERE), null);
    }

    /** A file of a known format, but of an unsupported kind such as an arithmetic-coded JPEG. */
    public static NotAnImageException unsupported(String what, @Nullable Throwable cause) {
        return because("%s is not supported.".formatted(what), cause);
    }

    /** For a reason that is a whole sentence. */
    public static NotAnImageException because(String sentence, @Nullable Throwable cause) {
        return new NotAnImageException(sentence + SAVE_ANOTHER_WAY, cause);
    }
}
