package imagefunctions.jpeg.entropy;

import imagefunctions.jpeg.format.Bytes;

/**
 * Reads entropy-coded data bit by bit.
 *
 * <p>Hot loops work on a copy that does not escape their method, so that its fields are held in registers, and copy it
 * back at the end. Invariant: the top `count` bits of `word` are the next bits of the data, `next` holds the eight
 * bytes at `position`, and the bits of `word` below `count` are zero or the bits that follow. After {@link #refill} at
 * least 56 bits are available. {@link EntropyData#SLACK} zero bytes follow the data, so that bounds need not be checked
 * within a block.
 */
public final class BitReader {
    private static final byte[] NOTHING = new byte[8];

    private byte[] data = NOTHING;
    private long word;
    private long next;
    private int count;
    private int position;

    public BitReader() {}

    public BitReader(BitReader other) {
        set(other);
    }

    public void set(BitReader other) {
        data = other.data;
        word = other.word;
        next = other.next;
        count = other.count;
        position = other.position;
    }

    /** Moves to the first bit of a byte. */
    public void seek(byte[] bytes, int offset) {
        data = bytes;
        word = 0;
        count = 0;
        position = offset;
        next = Bytes.getLong(bytes, offset);
    }

    /** Moves to a bit and makes at least 48 bits available. */
    public void seekBit(byte[] bytes, int bit) {
        seek(bytes, bit >>> 3);
        refill();
        skip(bit & 7);
    }

    /** Makes at least 56 bits available. */
    public void refill() {
        word |= next >>> count;
        position += (63 - count) >>> 3;
        count |= 56;
        next = Bytes.getLong(data, position);
    }

    /** The next bits, left-aligned. */
    public long word() {
        return word;
    }

    /** The next 1 to 31 bits as a number. */
    public int peek(int bits) {
        return (int) (word >>> (64 - bits));
    }

    /** Skips as many bits as the low six bits of the entry say. */
    public void skip(int entry) {
        word <<= entry;
        count -= entry & 63;
    }

    /** Reads 0 to 16 bits as a number. */
    public int take(int bits) {
        int value = (int) (word >>> 1 >>> (63 - bits));
        skip(bits);
        return value;
    }

    /** The offset of the next bit. */
    public int bitOffset() {
        return (position << 3) - count;
    }

    /**
     * The value of the symbol at the top of the word (ITU-T T.81, F.2.2.1: EXTEND); a leading zero bit means that it is
     * negative, and stored as the complement of its magnitude.
     *
     * @param symbol bits of code and value (6 bits), size of the value (4 bits)
     */
    public static int value(long word, int symbol) {
        int size = symbol >> 6 & 15;
        long bits = word << (symbol - size);
        long sign = ~bits >> 63;
        return (int) (((bits ^ sign) >>> 1 >>> (63 - size) ^ sign) - sign);
    }
}
