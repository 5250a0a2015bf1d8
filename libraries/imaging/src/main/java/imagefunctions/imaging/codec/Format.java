package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.NotAnImageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The supported file formats, recognised by their magic bytes. */
public enum Format {
    JPEG,
    PNG,
    GIF,
    BMP,
    TIFF,
    WEBP;

    static Format of(byte[] file) {
        if (file.length == 0) {
            throw NotAnImageException.empty();
        }
        return Arrays.stream(values())
                .filter(format -> format.begins(file))
                .findFirst()
                .orElseThrow(NotAnImageException::unknown);
    }

    private boolean begins(byte[] file) {
        return switch (this) {
            case JPEG -> stands(file, 0, "\u00FF\u00D8\u00FF");
            case PNG -> stands(file, 0, "\u0089PNG\r\n\u001A\n");
            case GIF -> stands(file, 0, "GIF87a") || stands(file, 0, "GIF89a");
            case BMP -> stands(file, 0, "BM");
            case TIFF -> stands(file, 0, "II*\0") || stands(file, 0, "MM\0*");
            case WEBP -> stands(file, 0, "RIFF") && stands(file, 8, "WEBP");
        };
    }

    private static boolean stands(byte[] file, int at, String text) {
        byte[] magic = text.getBytes(StandardCharsets.ISO_8859_1);
        return file.length >= at + magic.length && Arrays.equals(file, at, at + magic.length, magic, 0, magic.length);
    }
}
