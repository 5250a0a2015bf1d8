package imagefunctions.imagetype;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The formats of images, recognised by the first bytes of a file and not by what its sender calls it. */
public enum ImageType {
    JPEG("image/jpeg"),
    PNG("image/png"),
    GIF("image/gif"),
    BMP("image/bmp"),
    TIFF("image/tiff"),
    WEBP("image/webp");

    /** The most bytes that are looked at. */
    public static final int HEAD = 12;

    /** A bitmap's size follows its magic bytes, then four reserved bytes. */
    private static final String BITMAP = "BM????\0\0\0\0";

    private final String mediaType;

    ImageType(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The format of what is meant to be an image, by its magic bytes alone. */
    public static Optional<ImageType> of(byte[] start) {
        String text = text(start);
        return Arrays.stream(values()).filter(type -> type.begins(text)).findFirst();
    }

    /** The same for any file: many a text begins with BM, so a bitmap's reserved bytes have to be zero too. */
    public static Optional<ImageType> ofAnyFile(byte[] start) {
        return of(start).filter(type -> type != BMP || matches(BITMAP, text(start)));
    }

    /** As in {@code Content-Type}. */
    public String mediaType() {
        return mediaType;
    }

    private boolean begins(String text) {
        return switch (this) {
            case JPEG -> matches("\u00FF\u00D8\u00FF", text);
            case PNG -> matches("\u0089PNG\r\n\u001A\n", text);
            case GIF -> matches("GIF87a", text) || matches("GIF89a", text);
            case BMP -> matches("BM", text);
            // BigTIFF has a plus sign instead of the asterisk.
            case TIFF -> List.of("II*\0", "MM\0*", "II+\0", "MM\0+").stream().anyMatch(magic -> matches(magic, text));
            case WEBP -> matches("RIFF????WEBP", text);
        };
    }

    private static String text(byte[] start) {
        return new String(start, 0, Math.min(start.length, HEAD), StandardCharsets.ISO_8859_1);
    }

    /** A question mark in the pattern stands for any byte. */
    private static boolean matches(String pattern, String text) {
        if (text.length() < pattern.length()) {
            return false;
        }
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) != '?' && pattern.charAt(i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
