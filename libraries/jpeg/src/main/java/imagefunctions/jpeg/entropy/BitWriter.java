package imagefunctions.jpeg.entropy;

import imagefunctions.jpeg.format.Bytes;
import java.util.Arrays;

/**
 * Collects entropy-coded bits, without byte stuffing.
 *
 * <p>Hot loops work on a copy, as with {@link BitReader}. Invariant: `position` bytes are complete, and `used` further
 * bits, fewer than eight, are at the top of `word`, whose other bits are zero.
 */
public final class BitWriter {
    /** More bytes than the longest block takes. */
    static final int ROOM = 64 * 32 / 8 + 16;

    private byte[] bytes;
    private int position;
    private int used;
    private long word;

    public BitWriter(int capacity) {
        bytes = new byte[capacity + ROOM];
    }

    public BitWriter(BitWriter other) {
        bytes = other.bytes;
        set(other);
    }

    public void set(BitWriter other) {
        bytes = other.bytes;
        position = other.position;
        used = other.used;
        word = other.word;
    }

    public void clear() {
        position = 0;
        used = 0;
        word = 0;
    }

    /** Makes room for a block. */
    public void ensureRoom() {
        if (bytes.length - position < ROOM) {
            bytes = Arrays.copyOf(bytes, bytes.length + (bytes.length >> 1) + ROOM);
        }
    }

    /** Appends the top 0 to 56 bits of a number whose other bits are zero. */
    public void put(long bits, int count) {
        word |= bits >>> used;
        Bytes.putLong(bytes, position, word);
        int filled = used + count;
        position += filled >>> 3;
        word <<= filled & 56;
        used = filled & 7;
    }

    /** Appends a number of 1 to 56 bits. */
    public void putNumber(long number, int count) {
        put(number << (64 - count), count);
    }

    /** Appends all that another has collected. */
    public void append(BitWriter other) {
        if (bytes.length - position < other.position + ROOM) {
            bytes = Arrays.copyOf(bytes, position + other.position + ROOM);
        }
        int at = 0;
        for (; at + 7 <= other.position; at += 7) {
            put(Bytes.getLong(other.bytes, at) & ~0xFF, 56);
        }
        for (; at < other.position; at++) {
            put((long) other.bytes[at] << 56, 8);
        }
        put(other.word, other.used);
    }

    /** Pads the last byte with ones (ITU-T T.81, F.1.2.3). */
    public void close() {
        if (used > 0) {
            int missing = 8 - used;
            put(-1L << (64 - missing), missing);
        }
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return position;
    }
}
