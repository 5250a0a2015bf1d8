package imagefunctions.imaging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;

/** The file formats that are read, told apart by their first bytes. */
enum Format {
    JPEG(file -> starts(file, 0, "\u00FF\u00D8\u00FF")),
    PNG(file -> starts(file, 0, "\u0089PNG\r\n\u001A\n")),
    GIF(file -> starts(file, 0, "GIF87a") || starts(file, 0, "GIF89a")),
    BMP(file -> starts(file, 0, "BM")),
    TIFF(file -> starts(file, 0, "II*\0") || starts(file, 0, "MM\0*")),
    WEBP(file -> starts(file, 0, "RIFF") && starts(file, 8, "WEBP"));

    private final Predicate<byte[]> magic;

    Format(Predicate<byte[]> magic) {
        this.magic = magic;
    }

    static Format of(byte[] file) {
        if (file.length == 0) {
            throw NotAnImage.empty();
        }
        return Arrays.stream(values())
                .filter(format -> format.magic.test(file))
                .findFirst()
                .orElseThrow(NotAnImage::unknown);
    }

    private static boolean starts(byte[] file, int at, String text) {
        byte[] magic = text.getBytes(StandardCharsets.ISO_8859_1);
        return file.length >= at + magic.length && Arrays.equals(file, at, at + magic.length, magic, 0, magic.length);
    }
}
