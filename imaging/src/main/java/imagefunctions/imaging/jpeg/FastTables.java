package imagefunctions.imaging.jpeg;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Look-up tables that take several Huffman symbols at a time, indexed by the next bits of the scan.
 *
 * <p>Invariant: an entry tells what the plain decoder ({@link HuffmanTable#decode}) would do with the symbols whose codes
 * lie wholly within the index's bits, and nothing about later ones; where not even the first does, the caller takes the
 * plain way for one symbol.
 *
 * <p>"Advance" is the number of AC coefficients, zeros included, that the symbols stand for; an end of block adds
 * {@link #END}.
 */
final class FastTables {
    static final int SYMBOL_BITS = 11;
    static final int END = 128;

    /** Values of at least minus and less than this are in {@link #coded}. */
    static final int CODED = 64;

    /** What no sum of advances has, unless a block is full or overrun. */
    static final int OVERRUN = 64;

    /** Bits that an entry for two symbols covers at most. */
    private static final int PAIR_BITS = 21;

    private final HuffmanTable table;
    private volatile int @Nullable [] codes;
    private volatile int @Nullable [] symbols;
    private volatile int @Nullable [] dcSymbols;
    private volatile long @Nullable [] pairs;
    private volatile char @Nullable [] skip;
    private volatile int @Nullable [] coded;
    private volatile @Nullable Start start;
    private volatile long @Nullable [] values;
    private volatile @Nullable StartValues startValues;

    /** A start table and the AC table that it was made for. */
    @SuppressWarnings("ArrayRecordComponent") // read in hot loops, never compared
    private record Start(FastTables ac, char[] entries) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record StartValues(FastTables ac, long[] entries) {}

    FastTables(HuffmanTable table) {
        this.table = table;
    }

    /** One symbol's code by the next bits: symbol, length times 256; or 0. */
    private int[] codes(int bits) {
        int[] entries = new int[1 << bits];
        for (int symbol = 0; symbol < 256; symbol++) {
            int length = table.length(symbol);
            if (length > 0 && length <= bits) {
                int first = table.code(symbol) << (bits - length);
                Arrays.fill(entries, first, first + (1 << (bits - length)), symbol | length << 8);
            }
        }
        return entries;
    }

    /** One symbol and 256 times its code's length, as {@link HuffmanTable#decode} gives it; or 0. */
    int[] codes() {
        int[] made = codes;
        if (made == null) {
            made = codes(SYMBOL_BITS);
            codes = made;
        }
        return made;
    }

    /**
     * One AC symbol: bits of code and value (6 bits), size of the value (4 bits), advance. An end of block advances by
     * {@link #END}; end-of-band runs, which only progressive scans have, are 0.
     */
    int[] symbols() {
        int[] made = symbols;
        if (made == null) {
            made = codes(SYMBOL_BITS);
            for (int i = 0; i < made.length; i++) {
                made[i] = made[i] == 0 ? 0 : symbolEntry(made[i]);
            }
            symbols = made;
        }
        return made;
    }

    /** The same for one decoded symbol and its code's length: what {@link #symbols} holds, or 0 if illegal (F.1.2.2). */
    static int symbolEntry(int decoded) {
        int length = decoded >> 8;
        int run = decoded >> 4 & 15;
        int size = decoded & 15;
        if (size > 0) {
            return length + size | size << 6 | (run + 1) << 10;
        }
        return run == 15 ? length | 16 << 10 : run == 0 ? length | END << 10 : 0;
    }

    /** One DC symbol: bits of code and value (6 bits), size of the value (4 bits); or 0. */
    int[] dcSymbols() {
        int[] made = dcSymbols;
        if (made == null) {
            made = codes(SYMBOL_BITS);
            for (int i = 0; i < made.length; i++) {
                made[i] = made[i] == 0 ? 0 : dcEntry(made[i]);
            }
            dcSymbols = made;
        }
        return made;
    }

    /** The same for one decoded symbol and its code's length, or 0 if illegal (F.1.2.1). */
    static int dcEntry(int decoded) {
        int size = decoded & 0xFF;
        return size > CoefficientRange.MAX_DC_SIZE ? 0 : (decoded >> 8) + size | size << 6;
    }

    /**
     * One or two AC symbols, and an end of block: bits (6 bits), advance (8 bits), advance after the first (6 bits), then
     * where in the top 21 of those bits the first value's bits are, and the second's (21 bits each). Where there is one
     * symbol, it counts as the second; where none is known, the entry is an advance by {@link #OVERRUN} alone.
     */
    long[] pairs() {
        long[] made = pairs;
        if (made == null) {
            int[] symbols = symbols();
            made = new long[1 << SYMBOL_BITS];
            for (int i = 0; i < made.length; i++) {
                made[i] = pair(symbols, i);
            }
            pairs = made;
        }
        return made;
    }

    private static long pair(int[] symbols, int prefix) {
        long entry = (long) OVERRUN << 6;
        for (int used = 0, count = 0; used < SYMBOL_BITS; count++) {
            int symbol = symbols[prefix << used & (1 << SYMBOL_BITS) - 1];
            int bits = symbol & 63;
            int code = bits - (symbol >> 6 & 15);
            boolean ends = symbol >> 10 == END;
            int first = count == 0 ? 0 : pairAdvance(entry);
            boolean fits = symbol != 0 && used + code <= SYMBOL_BITS && used + bits <= PAIR_BITS;
            if (!fits || (count == 2 && !ends) || (!ends && first + (symbol >> 10) > 63)) {
                break;
            }
            if (ends) {
                return count == 0 ? bits | (long) END << 6 : entry + bits + ((long) END << 6);
            }
            long second = secondBits(entry);
            long value = ((1L << (bits - code)) - 1) << (64 - used - bits);
            used += bits;
            entry = pair(used, first + (symbol >> 10), first, second, value);
        }
        return entry;
    }

    private static long pair(int bits, int advance, int first, long firstBits, long secondBits) {
        return bits
                | (long) advance << 6
                | (long) first << 14
                | firstBits >>> (64 - PAIR_BITS) << 20
                | secondBits >>> (64 - PAIR_BITS) << 41;
    }

    static int pairAdvance(long entry) {
        return (int) (entry >>> 6) & 255;
    }

    static int firstAdvance(long entry) {
        return (int) (entry >>> 14) & 63;
    }

    /** The bits of the first value, counted from the top of the word. */
    static long firstBits(long entry) {
        return entry >>> 20 << (64 - PAIR_BITS);
    }

    static long secondBits(long entry) {
        return entry >>> 41 << (64 - PAIR_BITS);
    }

    /** Many AC symbols at a time: {@link SkipTable}. */
    char[] skip() {
        char[] made = skip;
        if (made == null) {
            made = SkipTable.of(codes(SkipTable.BITS), null);
            skip = made;
        }
        return made;
    }

    /** The same for the beginning of a block: a DC difference, then AC symbols. Called on the DC table. */
    char[] start(FastTables ac) {
        Start made = start;
        if (made == null || made.ac() != ac) {
            made = new Start(ac, SkipTable.of(ac.codes(SkipTable.BITS), codes(SkipTable.BITS)));
            start = made;
        }
        return made.entries();
    }

    /** One AC coefficient with its value: {@link DecodingTables}. */
    long[] values() {
        long[] made = values;
        if (made == null) {
            made = DecodingTables.ofAc(codes(SkipTable.BITS));
            values = made;
        }
        return made;
    }

    /** The same for the beginning of a block. Called on the DC table. */
    long[] startValues(FastTables ac) {
        StartValues made = startValues;
        if (made == null || made.ac() != ac) {
            made = new StartValues(ac, DecodingTables.ofDc(codes(SkipTable.BITS), ac.codes(SkipTable.BITS)));
            startValues = made;
        }
        return made.entries();
    }

    /**
     * What AC coefficients are coded as, by how many zeros come before them, 0 to 15, times 2 * {@link #CODED}, plus
     * {@link #CODED}, plus their value: code and value bits times 32 plus how many these are (F.1.2.2).
     */
    int[] coded() {
        int[] made = coded;
        if (made == null) {
            made = new int[16 * 2 * CODED];
            for (int i = 0; i < made.length; i++) {
                int run = i / (2 * CODED);
                int value = i % (2 * CODED) - CODED;
                int size = 32 - Integer.numberOfLeadingZeros(Math.abs(value));
                int symbol = run << 4 | size;
                int bits = (value < 0 ? value - 1 : value) & (1 << size) - 1;
                made[i] = (table.code(symbol) << size | bits) << 5 | table.length(symbol) + size;
            }
            coded = made;
        }
        return made;
    }
}
