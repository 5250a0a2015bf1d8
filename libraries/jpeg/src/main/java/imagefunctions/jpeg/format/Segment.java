package imagefunctions.jpeg.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The position of a marker segment in its file.
 *
 * @param marker the byte after 0xFF, such as 0xE1 for APP1
 * @param offset of the first payload byte, after the length
 * @param length of the payload in bytes
 */
public record Segment(int marker, int offset, int length) {

    /** Offset of the marker. */
    public int start() {
        return offset - 4;
    }

    /** Offset after the payload. */
    public int end() {
        return offset + length;
    }

    /** Whether the payload begins with these ASCII characters and goes on after them. */
    boolean holds(String identifier, byte[] file) {
        byte[] bytes = identifier.getBytes(StandardCharsets.US_ASCII);
        return length > bytes.length && Arrays.equals(file, offset, offset + bytes.length, bytes, 0, bytes.length);
    }
}
