package imagefunctions.jpeg.entropy;

import imagefunctions.jpeg.format.CoefficientRange;
import imagefunctions.jpeg.format.HuffmanTable;
import org.jspecify.annotations.Nullable;

/**
 * Look-up tables that skip as many Huffman symbols at a time as the index bits hold: enough to find where blocks begin,
 * or which bits are values (see {@link FlipTable}).
 *
 * <p>An entry holds, from its lowest bit: the bits skipped, values included (6 bits); the coefficients skipped, zeros
 * and DC included (6 bits); {@link #OVERRUN} (1 bit); unused (1 bit); how many slots to advance in {@code McuTables}'
 * order of tables (2 bits). The bits from {@link #MOVE_AT} up are the same advance in bits; those from {@link #END_AT}
 * up are 1 for an end of block, else 0.
 *
 * <p>Invariant: an entry gives what the bit-by-bit decoder ({@link HuffmanTable#decode}) would give for the symbols
 * whose codes lie wholly within the index bits. If not even the first code does, the entry is {@link #OVERRUN} alone.
 * Coefficient counts can be summed over entries: the sum has {@link #OVERRUN} set if 64 were reached without an end of
 * block, or exceeded.
 */
public final class SkipTable {
    public static final int BITS = 12;
    public static final int SIZE = 1 << BITS;

    /** Mask of the number of bits. */
    public static final int TAKEN = 63;

    /** Mask of the number of coefficients. */
    public static final int COEFFICIENTS = 63 << 6;

    public static final int COEFFICIENTS_AT = 6;
    public static final int ONE_COEFFICIENT = 1 << COEFFICIENTS_AT;
    public static final int OVERRUN = 64 << 6;
    public static final int MOVE_AT = 12;
    public static final int END_AT = 15;

    /** Entries that 57 bits are enough for. */
    public static final int PER_REFILL = 3;

    /** Position of the advance in slots. */
    static final int SLOTS_AT = 14;

    private static final int START_TO_AC = 1 << SLOTS_AT;
    private static final int AC_TO_START = 2 << SLOTS_AT;

    static final int MAX_TAKEN = 57 / PER_REFILL;

    /** So that no sum of coefficients exceeds {@link #OVERRUN}. */
    private static final int MAX_COEFFICIENTS = 63;

    private SkipTable() {}

    /**
     * The table for blocks that have begun or, with DC codes, for the start of a block.
     *
     * @param acCodes by {@link #BITS} bits: the symbol plus 256 times its code's length; or 0
     */
    static char[] of(int[] acCodes, int @Nullable [] dcCodes) {
        char[] entries = new char[SIZE];
        for (int prefix = 0; prefix < SIZE; prefix++) {
            entries[prefix] = (char) entry(acCodes, dcCodes, prefix, MAX_TAKEN, false);
        }
        return entries;
    }

    /**
     * One entry; the bits above the lowest 16 are those of {@link FlipTable}.
     *
     * @param acCodes by the index bits: the symbol plus 256 times its code's length; or 0
     * @param mostBits that may be skipped
     * @param values whether the positions of AC values are recorded, of at most two
     */
    static long entry(int[] acCodes, int @Nullable [] dcCodes, int prefix, int mostBits, boolean values) {
        long entry = dcCodes == null ? 0 : start(dcCodes[prefix], mostBits);
        if (dcCodes == null || entry != 0) {
            entry = follow(acCodes, prefix, entry, mostBits, values);
        }
        return entry == 0 ? OVERRUN : entry;
    }

    /** The entry for a DC code only, or 0. */
    private static int start(int code, int mostBits) {
        int size = code & 0xFF;
        int taken = (code >> 8) + size;
        boolean fits = code != 0 && size <= CoefficientRange.MAX_DC_SIZE && taken <= mostBits;
        return fits ? taken | ONE_COEFFICIENT | START_TO_AC : 0;
    }

    /** Adds the following AC symbols to an entry. */
    private static long follow(int[] codes, int prefix, long start, int mostBits, boolean values) {
        long entry = start;
        int bits = Integer.numberOfTrailingZeros(codes.length);
        int count = 0;
        while ((entry & TAKEN) < bits) {
            int taken = (int) entry & TAKEN;
            int code = codes[prefix << taken & codes.length - 1];
            int symbol = code == 0 ? 0 : HuffmanLookup.symbolEntry(code);
            long advance = symbol >> 10;
            boolean whole = symbol != 0 && taken + (code >> 8) <= bits && taken + (symbol & 63) <= mostBits;
            if (whole && advance == HuffmanLookup.END) {
                entry += (symbol & 63) + AC_TO_START;
                return values ? FlipTable.ended(entry) : entry;
            }
            int size = symbol >> 6 & 15;
            boolean valued = values && size > 0;
            count += valued ? 1 : 0;
            if (!whole
                    || count > FlipTable.VALUES
                    || (entry & COEFFICIENTS) + advance * ONE_COEFFICIENT > MAX_COEFFICIENTS * ONE_COEFFICIENT) {
                return entry;
            }
            entry += (symbol & 63) + advance * ONE_COEFFICIENT;
            entry = valued ? FlipTable.valued(entry, size) : entry;
        }
        return entry;
    }
}
