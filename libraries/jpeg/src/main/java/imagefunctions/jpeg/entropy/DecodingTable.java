package imagefunctions.jpeg.entropy;

/**
 * Look-up tables, indexed by the next {@link SkipTable#BITS} bits of a scan, that decode one or two coefficients with
 * their values, and an end of block after them.
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

    /** The table for blocks that have begun, from AC codes by {@link SkipTable#BITS} bits. */
    static long[] ofAc(int[] codes) {
        long[] table = new long[SkipTable.SIZE];
        for (int prefix = 0; prefix < table.length; prefix++) {
            int symbol = ac(codes, prefix, 0);
            if (symbol == 0) {
                table[prefix] = OVERRUN;
            } else if (ends(symbol)) {
                table[prefix] = one(symbol, 1, 0) + AC_TO_START;
            } else {
                table[prefix] = follow(codes, prefix, symbol, one(symbol, symbol >> 10, size(symbol) > 0 ? 1 : 0));
            }
        }
        return table;
    }

    /** The table for the start of a block. */
    static long[] ofDc(int[] dcCodes, int[] acCodes) {
        long[] table = new long[SkipTable.SIZE];
        for (int prefix = 0; prefix < table.length; prefix++) {
            int code = dcCodes[prefix];
            int symbol = code == 0 ? 0 : HuffmanLookup.dcEntry(code);
            boolean fits = symbol != 0 && (symbol & TAKEN) <= SkipTable.MAX_TAKEN;
            table[prefix] = fits ? follow(acCodes, prefix, symbol, one(symbol, 1, 1)) + START_TO_AC : OVERRUN;
        }
        return table;
    }

    /** The entry for one symbol, with 0 or 1 decoded coefficients. */
    private static long one(int symbol, int advance, long count) {
        return last(symbol, 0) | (long) advance << Coefficient.INDEX_AT | count << COUNT_AT;
    }

    /** The bits up to the end of a symbol, and the position of its value. */
    private static long last(int symbol, int before) {
        int taken = before + (symbol & TAKEN);
        return taken | (long) (63 - size(symbol)) << SIZE_AT | (long) (taken - size(symbol)) << VALUE_AT;
    }

    private static int size(int symbol) {
        return symbol >> 6 & 15;
    }

    private static boolean ends(int symbol) {
        return symbol >> 10 == HuffmanLookup.END;
    }

    /** Adds the following AC coefficient and end of block. */
    private static long follow(int[] codes, int prefix, int symbol, long one) {
        long entry = one;
        int before = symbol & TAKEN;
        int second = ac(codes, prefix, before);
        boolean first = ((int) one >>> COUNT_AT) == 1;
        if (first && size(second) > 0) {
            int passed = (int) one & PASSED;
            int value = BitReader.value((long) prefix << (64 - SkipTable.BITS), symbol);
            entry = last(second, before)
                    | passed + (long) (second >> 10) * ONE_PASSED
                    | 2L << COUNT_AT
                    | (long) ((value | -ONE_PASSED) + passed) << FIRST_AT;
        }
        int end = ac(codes, prefix, (int) entry & TAKEN);
        return ends(end) ? entry + (end & TAKEN) + AC_TO_START : entry;
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
