package imagefunctions.jpeg.entropy;

import org.jspecify.annotations.Nullable;

/**
 * Look-up tables that take up to two AC coefficients that are not zero, and say which bits are their values': for whoever
 * changes signs.
 *
 * <p>An entry's lowest 16 bits are {@link SkipTable}'s. From {@link #FIRST_AT} and {@link #SECOND_AT} on it is by how
 * many coefficients each of the two comes after those that were passed before the entry (6 bits). Moved up by
 * {@link #FIRST_UP}, its bits in {@link #FIRST} are the first's value in the scan, counted from the top; its bits in
 * {@link #SECOND} are the second's. Its highest bit, which is no value's since a code comes before it, is 1 for an end of
 * block.
 *
 * <p>Invariant: where there is one coefficient that is not zero, it is the second, since the first's value lies within
 * the index's bits, or nothing would come after it.
 */
public final class FlipTable {
    /** AC coefficients that an entry takes at most, of those that are not zero. */
    static final int VALUES = 2;

    public static final int FIRST_AT = 18;
    public static final int SECOND_AT = 24;
    public static final int FIRST_UP = 22;
    public static final long FIRST = -1L << 52;
    public static final long SECOND = -1L << 46 & Long.MAX_VALUE;
    public static final int END_AT = 63;

    /** So that as many as are taken at a time, and the rest of a byte before them, are less than 64 bits. */
    private static final int MAX_TAKEN = (63 - 7) / SkipTable.PER_REFILL;

    private FlipTable() {}

    /** Makes the table for blocks that have begun, or, with DC codes, for the beginning of a block. */
    static long[] of(int[] acCodes, int @Nullable [] dcCodes) {
        long[] entries = new long[SkipTable.SIZE];
        for (int prefix = 0; prefix < SkipTable.SIZE; prefix++) {
            entries[prefix] = SkipTable.entry(acCodes, dcCodes, prefix, MAX_TAKEN, true);
        }
        return entries;
    }

    static long ended(long entry) {
        return entry | 1L << END_AT;
    }

    /** An entry whose last symbol has a value of so many bits. */
    static long valued(long entry, int size) {
        long first = (entry & SECOND) >>> FIRST_UP | (entry >>> SECOND_AT & 63) << FIRST_AT;
        long place = ((entry & SkipTable.COEFFICIENTS) >>> SkipTable.COEFFICIENTS_AT) - 1;
        long value = ((1L << size) - 1) << -(entry & SkipTable.TAKEN);
        return (entry & 0xFFFF) | first | place << SECOND_AT | value;
    }
}
