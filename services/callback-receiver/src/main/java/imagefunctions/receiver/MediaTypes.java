package imagefunctions.receiver;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** Finds the type of a message in its first bytes, never in what its sender says. */
final class MediaTypes {
    /** As many bytes as are looked at. */
    static final int START = 512;

    static final String BINARY = "application/octet-stream";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";

    /** What a file of the type begins with, in hexadecimal. */
    private static final Map<String, String> IMAGES = Map.of(
            "ffd8ff", "image/jpeg",
            "89504e470d0a1a0a", "image/png",
            "474946383761", "image/gif",
            "474946383961", "image/gif",
            "49492a00", "image/tiff",
            "4d4d002a", "image/tiff");

    private MediaTypes() {}

    /** The type, by at least {@link #START} bytes or all there are. */
    static String of(byte[] start) {
        String hex = HexFormat.of().formatHex(start, 0, Math.min(start.length, 12));
        for (Map.Entry<String, String> image : IMAGES.entrySet()) {
            if (hex.startsWith(image.getKey())) {
                return image.getValue();
            }
        }
        if (hex.startsWith("52494646") && hex.startsWith("57454250", 16)) {
            return "image/webp";
        }
        // The reserved bytes 6 to 9 distinguish a bitmap from a text that starts with BM.
        if (hex.startsWith("424d") && hex.startsWith("00000000", 12)) {
            return "image/bmp";
        }
        if (!isText(start)) {
            return BINARY;
        }
        String text = new String(start, StandardCharsets.UTF_8).stripLeading();
        return text.startsWith("{") || text.startsWith("[") ? JSON : TEXT;
    }

    /** UTF-8 without control characters; a character that the end cuts in two does not count against it. */
    private static boolean isText(byte[] start) {
        for (byte b : start) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                return false;
            }
        }
        CharsetDecoder utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = utf8.decode(ByteBuffer.wrap(start), CharBuffer.allocate(start.length), false);
        return !result.isError();
    }
}
