package imagefunctions.jpeg.entropy;

import org.jspecify.annotations.Nullable;

/**
 * Look-up tables that skip up to two nonzero AC coefficients and give the positions of their values, so that signs can
 * be flipped.
 *
 * <p>The lowest 16 bits of an entry are those of {@link SkipTable}. The 6 bits at {@link #FIRST_AT} and at {@link
 * #SECOND_AT} are the distances of the two coefficients from those skipped before. Shifted left by {@link #FIRST_UP},
 * the entry's bits in {@link #FIRST} mark the value bits of the first in the scan, counted from the top; its bits in
 * {@link #SECOND} mark those of the second. The highest bit, which cannot be a value's since a code comes first, is 1
 * for an end of block.
 *
 * <p>Invariant: a single nonzero coefficient is stored as the second; the value of the first always lies within the
 * index bits, since otherwise nothing could follow it.
 */
public final class FlipTable {
    /** The most nonzero AC coefficients of an entry. */
    static final int VALUES = 2;

    public static final int FIRST_AT = 18;
    public static final int SECOND_AT = 24;
    public static final int FIRST_UP = 22;
    public static final long FIRST = -1L << 52;
    public static final long SECOND = -1L << 46 & Long.MAX_VALUE;
    public static final int END_AT = 63;

    /** So that the entries between two refills, and the rest of a byte before them, take fewer than 64 bits. */
    private static final int MAX_TAKEN = (63 - 7) / SkipTable.PER_REFILL;

    private FlipTable() {}

    /** The table for blocks that have begun or, with DC codes, for the start of a block. */
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

    /** The entry with the position of its last symbol's value, given the size of that. */
    static long valued(long entry, int size) {
        long first = (entry & SECOND) >>> FIRST_UP | (entry >>> SECOND_AT & 63) << FIRST_AT;
        long distance = ((entry & SkipTable.COEFFICIENTS) >>> SkipTable.COEFFICIENTS_AT) - 1;
        long value = ((1L << size) - 1) << -(entry & SkipTable.TAKEN);
        return (entry & 0xFFFF) | first | distance << SECOND_AT | value;
    }
}
