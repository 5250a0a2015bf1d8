package imagefunctions.imaging.jpeg;

import org.jspecify.annotations.Nullable;

/**
 * A look-up table, indexed by the next bits of a scan, that takes as many Huffman symbols at a time as the bits hold: for
 * whoever only wants to know where blocks begin.
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
final class SkipTable {
    static final int BITS = 12;
    static final int SIZE = 1 << BITS;

    /** Bits of an entry that count taken bits. */
    static final int TAKEN = 63;

    /** Bits of an entry that count coefficients. */
    static final int COEFFICIENTS = 63 << 6;

    static final int ONE_COEFFICIENT = 1 << 6;
    static final int OVERRUN = 64 << 6;
    static final int MOVE_AT = 12;
    static final int END_AT = 15;

    /** Entries that are taken from 57 bits. */
    static final int PER_REFILL = 3;

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
            int entry = 0;
            if (dcCodes != null) {
                entry = start(dcCodes[prefix]);
            }
            if (dcCodes == null || entry != 0) {
                entry = follow(acCodes, prefix, entry);
            }
            entries[prefix] = (char) (entry == 0 ? OVERRUN : entry);
        }
        return entries;
    }

    /** The entry for a DC code alone, or 0. */
    private static int start(int code) {
        int size = code & 0xFF;
        int taken = (code >> 8) + size;
        boolean fits = code != 0 && size <= CoefficientRange.MAX_DC_SIZE && taken <= MAX_TAKEN;
        return fits ? taken | ONE_COEFFICIENT | START_TO_AC : 0;
    }

    /** Adds the AC symbols that follow to an entry. */
    private static int follow(int[] codes, int prefix, int start) {
        int entry = start;
        while ((entry & TAKEN) < BITS) {
            int taken = entry & TAKEN;
            int code = codes[prefix << taken & SIZE - 1];
            int symbol = code == 0 ? 0 : FastTables.symbolEntry(code);
            int advance = symbol >> 10;
            boolean whole = symbol != 0 && taken + (code >> 8) <= BITS && taken + (symbol & 63) <= MAX_TAKEN;
            if (whole && advance == FastTables.END) {
                return entry + (symbol & 63) + AC_TO_START;
            }
            if (!whole || (entry & COEFFICIENTS) + advance * ONE_COEFFICIENT > MAX_COEFFICIENTS * ONE_COEFFICIENT) {
                return entry;
            }
            entry += (symbol & 63) + advance * ONE_COEFFICIENT;
        }
        return entry;
    }
}
