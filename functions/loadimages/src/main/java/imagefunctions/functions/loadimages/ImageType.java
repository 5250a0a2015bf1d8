package imagefunctions.functions.loadimages;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The image types that are stored, detected by their first bytes regardless of the server's Content-Type. */
enum ImageType {
    JPEG("image/jpeg", "\u00FF\u00D8\u00FF"),
    PNG("image/png", "\u0089PNG\r\n\u001A\n"),
    GIF87("image/gif", "GIF87a"),
    GIF89("image/gif", "GIF89a"),
    WEBP("image/webp", "RIFF????WEBP"),
    /** Four reserved zero bytes follow the size; two letters alone would match many texts. */
    BMP("image/bmp", "BM????\0\0\0\0"),
    TIFF_LITTLE_ENDIAN("image/tiff", "II*\0"),
    TIFF_BIG_ENDIAN("image/tiff", "MM\0*");

    /** The number of bytes needed to detect a type. */
    static final int HEAD = 12;

    private final String mediaType;
    private final String begin;

    /** A question mark in the magic number matches any byte. */
    ImageType(String mediaType, String begin) {
        this.mediaType = mediaType;
        this.begin = begin;
    }

    static Optional<ImageType> of(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return Arrays.stream(values()).filter(type -> type.begins(text)).findFirst();
    }

    private boolean begins(String text) {
        if (text.length() < begin.length()) {
            return false;
        }
        for (int i = 0; i < begin.length(); i++) {
            if (begin.charAt(i) != '?' && begin.charAt(i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    String mediaType() {
        return mediaType;
    }
}
