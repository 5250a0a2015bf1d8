package imagefunctions.webp.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A part of a file, not copied.
 *
 * @param offset where it begins in the file
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
public record Data(byte[] file, int offset, int length) {

    public int end() {
        return offset + length;
    }

    /** What is left behind the first bytes, at most all of it. */
    public Data from(int skipped) {
        return new Data(file, offset + skipped, length - skipped);
    }

    public Data first(int bytes) {
        return new Data(file, offset, bytes);
    }

    public int u8(int at) {
        return file[offset + at] & 0xFF;
    }

    int u16(int at) {
        return u8(at) | u8(at + 1) << 8;
    }

    public int u24(int at) {
        return u16(at) | u8(at + 2) << 16;
    }

    int s32(int at) {
        return u16(at) | u16(at + 2) << 16;
    }

    long u32(int at) {
        return Integer.toUnsignedLong(s32(at));
    }

    boolean startsWith(String text) {
        return length >= text.length()
                && text.equals(new String(file, offset, text.length(), StandardCharsets.ISO_8859_1));
    }

    public byte[] copy() {
        return Arrays.copyOfRange(file, offset, end());
    }
}
