package imagefunctions.jpeg.entropy;

/**
 * Look-up tables, indexed by the next {@link SkipTable#BITS} bits of a scan, that decode one or two coefficients with
 * their values, and an end of block after them. A table may leave out small AC values: where a coarser quantisation will
 * make them zero, they need not be decoded.
 *
 * <p>An entry holds, from its lowest bit: the bits skipped, values included (6 bits); by how much to shift the order of
 * tables (6 bits, {@code McuTables.order}); whether the block ends (1 bit); unused (3 bits); the coefficients passed,
 * zeros and DC included (6 bits); {@link #OVERRUN} (1 bit); unused (7 bits); the number of decoded coefficients (2
 * bits). An end of block alone passes one coefficient, which is zero. Then, for the last of these, by how much to shift its bits down (6 bits: 63 minus their number) and the bits
 * before them (6 bits); and the first, if there are two, as a {@link Coefficient} whose index is relative to those
 * passed before.
 *
 * <p>Invariant: an entry gives what the slow path would give for the symbols whose codes lie wholly within the index
 * bits. If not even the first code does, the entry is {@link #OVERRUN} alone. Coefficients passed can be summed over
 * entries until a block ends: the sum has {@link #OVERRUN} set if 64 were reached or exceeded.
 */
public final class DecodingTable {
    public static final int TAKEN = 63;

    /** Position of the shift of the order of tables. */
    public static final int MOVE_AT = 6;

    public static final int ENDED_AT = 12;

    /** Mask of the coefficients passed, at the position of the index in a {@link Coefficient}. */
    public static final int PASSED = 63 << Coefficient.INDEX_AT;

    public static final int ONE_PASSED = 1 << Coefficient.INDEX_AT;
    public static final int OVERRUN = 64 << Coefficient.INDEX_AT;
    public static final int COUNT_AT = 30;
    private static final int SIZE_AT = 32;
    private static final int VALUE_AT = 38;
    private static final int FIRST_AT = 44;

    /** The index of the first coefficient relative to those passed before has four bits. */
    private static final int MAX_FIRST_INDEX = 15;

    /** So that no sum of coefficients passed exceeds {@link #OVERRUN} and those below it. */
    private static final int MAX_PASSED = 63;

    /** From the start of a block to its AC coefficients, and from there to the next block: slots of four bits. */
    private static final int START_TO_AC = 4 << MOVE_AT;

    private static final int AC_TO_START = 8 << MOVE_AT | 1 << ENDED_AT;

    private DecodingTable() {}

    /** The entries of a {@link SkipTable}, which decode nothing, in this layout. */
    public static long[] skipping(char[] table) {
        long[] wide = new long[table.length];
        for (int i = 0; i < wide.length; i++) {
            int entry = table[i];
            int slots = entry >>> SkipTable.SLOTS_AT;
            wide[i] = (entry & SkipTable.TAKEN)
                    | (slots * 4L) << MOVE_AT
                    | (long) (slots >> 1) << ENDED_AT
                    | (entry & (SkipTable.COEFFICIENTS | SkipTable.OVERRUN))
                            / SkipTable.ONE_COEFFICIENT
                            * (long) ONE_PASSED;
        }
        return wide;
    }

    /**
     * The table for blocks that have begun, from AC codes by {@link SkipTable#BITS} bits.
     *
     * @param discarded AC values of up to this number of bits are passed like zeros
     */
    static long[] ofAc(int[] codes, int discarded) {
        long[] table = new long[SkipTable.SIZE];
        for (int prefix = 0; prefix < table.length; prefix++) {
            long entry = entry(codes, prefix, 0, discarded);
            table[prefix] = entry == 0 ? OVERRUN : entry;
        }
        return table;
    }

    /** The table for the start of a block. */
    static long[] ofDc(int[] dcCodes, int[] acCodes, int discarded) {
        long[] table = new long[SkipTable.SIZE];
        for (int prefix = 0; prefix < table.length; prefix++) {
            int code = dcCodes[prefix];
            int symbol = code == 0 ? 0 : HuffmanLookup.dcEntry(code);
            boolean fits = symbol != 0 && (symbol & TAKEN) <= SkipTable.MAX_TAKEN;
            table[prefix] = fits ? entry(acCodes, prefix, symbol, discarded) + START_TO_AC : OVERRUN;
        }
        return table;
    }

    /**
     * The entry for as many symbols as there can be in one, or 0 if there is none. What is passed without being decoded
     * has to come before a coefficient that is, or stand alone: the last one's index follows from those passed.
     *
     * @param dc the DC symbol at the start of the block, or 0
     */
    private static long entry(int[] codes, int prefix, int dc, int discarded) {
        long word = (long) prefix << (64 - SkipTable.BITS);
        int taken = dc & TAKEN;
        int passed = dc == 0 ? 0 : 1;
        int count = passed;
        long entry = dc == 0 ? 0 : entry(taken, passed, count, size(dc));
        int last = dc == 0 ? 0 : BitReader.value(word, dc);
        int lastIndex = 0;
        while (true) {
            int symbol = ac(codes, prefix, taken);
            if (ends(symbol)) {
                long before = entry == 0 ? entry(0, 1, 0, 0) : entry;
                return taken == (entry & TAKEN) ? before + (symbol & TAKEN) + AC_TO_START : entry;
            }
            passed += symbol >> 10;
            boolean kept = size(symbol) > discarded;
            if (symbol == 0 || passed > MAX_PASSED || (kept && (count == 2 || lastIndex > MAX_FIRST_INDEX))) {
                return entry;
            }
            int value = kept ? BitReader.value(word << taken, symbol) : 0;
            taken += symbol & TAKEN;
            if (kept) {
                long first = count == 0 ? 0 : Coefficient.of(lastIndex, last);
                entry = entry(taken, passed, ++count, size(symbol)) | first << FIRST_AT;
                last = value;
                lastIndex = passed - 1;
            } else if (count == 0) {
                entry = entry(taken, passed, 0, 0);
            }
        }
    }

    /** An entry without its first coefficient, given the bits of the last one's value. */
    private static long entry(int taken, int passed, int count, int size) {
        return taken
                | (long) passed << Coefficient.INDEX_AT
                | (long) count << COUNT_AT
                | (long) (63 - size) << SIZE_AT
                | (long) (taken - size) << VALUE_AT;
    }

    private static int size(int symbol) {
        return symbol >> 6 & 15;
    }

    private static boolean ends(int symbol) {
        return symbol >> 10 == HuffmanLookup.END;
    }

    /** The AC symbol at a bit of the index, if its code lies within the index and it is short enough; or 0. */
    private static int ac(int[] codes, int prefix, int taken) {
        int code = taken < SkipTable.BITS ? codes[prefix << taken & (SkipTable.SIZE - 1)] : 0;
        int symbol = code == 0 || taken + (code >> 8) > SkipTable.BITS ? 0 : HuffmanLookup.symbolEntry(code);
        return taken + (symbol & TAKEN) <= SkipTable.MAX_TAKEN ? symbol : 0;
    }

    /** The first of an entry's two coefficients, given the sum of those passed before it. */
    public static int first(long entry, int sum) {
        return (int) (entry >>> FIRST_AT) + (sum & PASSED);
    }

    /**
     * The last coefficient of the entry for the top of the word, given the sum of those passed including it (F.2.2.1:
     * EXTEND).
     */
    public static int last(long word, long entry, int sum) {
        long bits = word << (entry >>> VALUE_AT);
        long sign = ~bits >> 63;
        int value = (int) (((bits ^ sign) >>> 1 >>> (entry >>> SIZE_AT) ^ sign) - sign);
        return (value | -ONE_PASSED) + (sum & PASSED);
    }
}
