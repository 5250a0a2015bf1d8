package imagefunctions.jpeg.entropy;

import imagefunctions.jpeg.format.Bytes;
import java.util.Arrays;

/**
 * Entropy-coded bits on their way out, not yet stuffed.
 *
 * <p>Hot loops copy the shared sink into one of their own, as with {@link BitReader}. Invariant: `position` bytes are
 * complete, `used` more bits, less than eight, are at the top of `word`, whose other bits are zero.
 */
public final class BitWriter {
    /** More than the longest block takes. */
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

    /** Makes place for a block. */
    public void ensureRoom() {
        if (bytes.length - position < ROOM) {
            bytes = Arrays.copyOf(bytes, bytes.length + (bytes.length >> 1) + ROOM);
        }
    }

    /** Puts the top 0 to 56 bits of a number whose other bits are zero. */
    public void put(long bits, int count) {
        word |= bits >>> used;
        Bytes.putLong(bytes, position, word);
        int filled = used + count;
        position += filled >>> 3;
        word <<= filled & 56;
        used = filled & 7;
    }

    /** Puts a number of 1 to 56 bits. */
    public void putNumber(long number, int count) {
        put(number << (64 - count), count);
    }

    /** Fills the last byte with ones (ITU-T T.81, F.1.2.3). */
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
