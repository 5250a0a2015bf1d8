package imagefunctions.jpeg.entropy;

import imagefunctions.jpeg.format.CoefficientRange;
import imagefunctions.jpeg.format.HuffmanTable;
import imagefunctions.jpeg.scan.McuTables;
import org.jspecify.annotations.Nullable;

/**
 * Look-up tables, indexed by the next bits of a scan, that take as many Huffman symbols at a time as the bits hold: for
 * whoever only wants to know where blocks begin, or which bits are the values' (see {@link FlipTable}).
 *
 * <p>An entry is, from its lowest bit: the bits taken, values included (6 bits); the coefficients passed, zeros and DC
 * included (6 bits); {@link #OVERRUN} (1 bit); nothing (1 bit); by how many places to move on in {@link McuTables}' order
 * of tables (2 bits). From {@link #MOVE_AT} on it is that move in bits; what is left from {@link #END_AT} on is 1 for an
 * end of block, else 0.
 *
 * <p>Invariant: an entry tells what the plain decoder ({@link HuffmanTable#decode}) would do with the symbols whose codes
 * lie wholly within the index's bits, and nothing about later ones. Where not even the first does, the entry is
 * {@link #OVERRUN} alone. Coefficients can be added up over entries: the sum has {@link #OVERRUN} set where there were
 * 64 of them without an end of block, or where more symbols were taken than the block has.
 */
public final class SkipTable {
    public static final int BITS = 12;
    public static final int SIZE = 1 << BITS;

    /** Bits of an entry that count taken bits. */
    public static final int TAKEN = 63;

    /** Bits of an entry that count coefficients. */
    public static final int COEFFICIENTS = 63 << 6;

    public static final int COEFFICIENTS_AT = 6;
    public static final int ONE_COEFFICIENT = 1 << COEFFICIENTS_AT;
    public static final int OVERRUN = 64 << 6;
    public static final int MOVE_AT = 12;
    public static final int END_AT = 15;

    /** Entries that are taken from 57 bits. */
    public static final int PER_REFILL = 3;

    /** Where an entry has by how many places to move on. */
    static final int PLACES_AT = 14;

    private static final int START_TO_AC = 1 << PLACES_AT;
    private static final int AC_TO_START = 2 << PLACES_AT;

    static final int MAX_TAKEN = 57 / PER_REFILL;

    /** So that no sum of coefficients reaches beyond {@link #OVERRUN}. */
    private static final int MAX_COEFFICIENTS = 63;

    private SkipTable() {}

    /**
     * Makes the table for blocks that have begun, or, with DC codes, for the beginning of a block.
     *
     * @param acCodes by {@link #BITS} bits: symbol, length times 256; or 0
     */
    static char[] of(int[] acCodes, int @Nullable [] dcCodes) {
        char[] entries = new char[SIZE];
        for (int prefix = 0; prefix < SIZE; prefix++) {
            entries[prefix] = (char) entry(acCodes, dcCodes, prefix, MAX_TAKEN, false);
        }
        return entries;
    }

    /**
     * Makes one entry, of which {@link FlipTable} describes what is beyond the lowest 16 bits.
     *
     * @param acCodes by the index's bits: symbol, length times 256; or 0
     * @param mostBits that may be taken
     * @param values whether it is to say where AC symbols' values are, of which it then takes two at most
     */
    static long entry(int[] acCodes, int @Nullable [] dcCodes, int prefix, int mostBits, boolean values) {
        long entry = dcCodes == null ? 0 : start(dcCodes[prefix], mostBits);
        if (dcCodes == null || entry != 0) {
            entry = follow(acCodes, prefix, entry, mostBits, values);
        }
        return entry == 0 ? OVERRUN : entry;
    }

    /** The entry for a DC code alone, or 0. */
    private static int start(int code, int mostBits) {
        int size = code & 0xFF;
        int taken = (code >> 8) + size;
        boolean fits = code != 0 && size <= CoefficientRange.MAX_DC_SIZE && taken <= mostBits;
        return fits ? taken | ONE_COEFFICIENT | START_TO_AC : 0;
    }

    /** Adds the AC symbols that follow to an entry. */
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
