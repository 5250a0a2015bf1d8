package imagefunctions.jpeg.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where a marker segment lies in its file.
 *
 * @param marker the byte after 0xFF, such as 0xE1 for APP1
 * @param offset of the first payload byte, after the length
 * @param length of the payload in bytes
 */
public record Segment(int marker, int offset, int length) {

    /** Where the marker itself begins. */
    public int start() {
        return offset - 4;
    }

    /** Where the payload ends. */
    public int end() {
        return offset + length;
    }

    /** Whether the payload begins with these ASCII characters, and has more bytes behind them. */
    boolean holds(String identifier, byte[] file) {
        byte[] bytes = identifier.getBytes(StandardCharsets.US_ASCII);
        return length > bytes.length && Arrays.equals(file, offset, offset + bytes.length, bytes, 0, bytes.length);
    }
}
