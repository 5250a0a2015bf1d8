package imagefunctions.jpeg.entropy;

import imagefunctions.jpeg.format.CoefficientRange;
import imagefunctions.jpeg.format.HuffmanTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Look-up tables for a Huffman table, indexed by the next bits of the scan, that decode several symbols at a time.
 *
 * <p>Invariant: an entry gives what the bit-by-bit decoder ({@link HuffmanTable#decode}) would give for the symbols
 * whose codes lie wholly within the index bits. If not even the first code does, the caller takes the slow path for one
 * symbol.
 *
 * <p>The "advance" is the number of AC coefficients, zeros included, that symbols cover; an end of block adds {@link
 * #END}.
 */
public final class HuffmanLookup {
    public static final int SYMBOL_BITS = 11;
    public static final int END = 128;

    /** Not a possible difference. */
    public static final short LONGER = Short.MIN_VALUE;

    /** {@link #coded} holds the values from minus this up to this, exclusive. */
    public static final int CODED = 64;

    /** The most bits of values that there are tables without. */
    public static final int MAX_DISCARDED = 3;

    /** Asks for the tables that decode nothing, not even DC. */
    public static final int ALL_DISCARDED = MAX_DISCARDED + 1;

    /** Mask of the run of an entry of {@link #refinements}. */
    public static final int RUN = 63;

    /** Whether it brings a coefficient. */
    public static final int BRINGS = 64;

    public static final int TAKEN_AT = 8;

    private static final int CACHED = 64;

    /** Nearly all files use the same few Huffman tables, and their look-up tables take long to build. */
    private static final Map<HuffmanTable, HuffmanLookup> CACHE = new LinkedHashMap<>(CACHED * 2, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HuffmanTable, HuffmanLookup> eldest) {
            return size() > CACHED;
        }
    };

    private final HuffmanTable table;
    private volatile int @Nullable [] codes;
    private volatile int @Nullable [] wideCodes;
    private volatile int @Nullable [] symbols;
    private volatile int @Nullable [] refinements;
    private volatile int @Nullable [] dcSymbols;
    private volatile short @Nullable [] differences;
    private volatile char @Nullable [] skip;
    private volatile long @Nullable [] flip;
    private final AtomicReferenceArray<long @Nullable []> decode = new AtomicReferenceArray<>(ALL_DISCARDED + 1);
    private volatile int @Nullable [] coded;
    private volatile @Nullable Start<char[]> start;
    private volatile @Nullable Start<long[]> flipStart;
    private final AtomicReferenceArray<@Nullable Start<long[]>> decodeStart =
            new AtomicReferenceArray<>(ALL_DISCARDED + 1);

    /** A table for the start of a block, and the AC table that it was made for. */
    private record Start<T>(HuffmanLookup ac, T entries) {}

    private HuffmanLookup(HuffmanTable table) {
        this.table = table;
    }

    /** The look-up tables of a Huffman table, from a cache if an equal one was used recently. */
    public static HuffmanLookup of(HuffmanTable table) {
        synchronized (CACHE) {
            return CACHE.computeIfAbsent(table, HuffmanLookup::new);
        }
    }

    public HuffmanTable table() {
        return table;
    }

    /** Single symbols by the next bits: the symbol plus 256 times its code's length; or 0. */
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

    /** The same by as many bits as index the tables for several symbols. */
    private int[] wideCodes() {
        int[] made = wideCodes;
        if (made == null) {
            made = codes(SkipTable.BITS);
            wideCodes = made;
        }
        return made;
    }

    /** Single symbols as {@link HuffmanTable#decode} gives them; or 0. */
    public int[] codes() {
        int[] made = codes;
        if (made == null) {
            made = codes(SYMBOL_BITS);
            codes = made;
        }
        return made;
    }

    /**
     * Single AC symbols: bits of code and value (6 bits), size of the value (4 bits), advance. An end of block has the
     * advance {@link #END}; end-of-band runs, which only progressive scans have, are 0.
     */
    public int[] symbols() {
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

    /** The entry of {@link #symbols} for a decoded symbol, or 0 if it is invalid (F.1.2.2). */
    public static int symbolEntry(int decoded) {
        int length = decoded >> 8;
        int run = decoded >> 4 & 15;
        int size = decoded & 15;
        if (size > 0) {
            return length + size | size << 6 | (run + 1) << 10;
        }
        return run == 15 ? length | 16 << 10 : run == 0 ? length | END << 10 : 0;
    }

    /**
     * Single symbols of refinement scans, which bring a coefficient or pass sixteen: the run of zeros (6 bits), {@link
     * #BRINGS}, and from {@link #TAKEN_AT} on the bits of code and sign; or 0 for others.
     */
    public int[] refinements() {
        int[] made = refinements;
        if (made == null) {
            made = codes(SYMBOL_BITS);
            for (int i = 0; i < made.length; i++) {
                made[i] = refinement(made[i]);
            }
            refinements = made;
        }
        return made;
    }

    private static int refinement(int decoded) {
        int run = decoded >> 4 & 15;
        int size = decoded & 15;
        boolean passes = decoded != 0 && size == 0 && run == 15;
        int taken = (decoded >> 8) + size;
        return size == 1 || passes ? run | size * BRINGS | taken << TAKEN_AT : 0;
    }

    /** Single DC symbols: bits of code and value (6 bits), size of the value (4 bits); or 0. */
    public int[] dcSymbols() {
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

    /** The entry of {@link #dcSymbols} for a decoded symbol, or 0 if it is invalid (F.1.2.1). */
    public static int dcEntry(int decoded) {
        int size = decoded & 0xFF;
        return size > CoefficientRange.MAX_DC_SIZE ? 0 : (decoded >> 8) + size | size << 6;
    }

    /**
     * DC differences by the next {@link SkipTable#BITS} bits, or {@link #LONGER} where these are not enough.
     */
    public short[] differences() {
        short[] made = differences;
        if (made == null) {
            int[] codes = wideCodes();
            made = new short[codes.length];
            for (int i = 0; i < made.length; i++) {
                int symbol = codes[i] == 0 ? 0 : dcEntry(codes[i]);
                boolean whole = symbol != 0 && (symbol & 63) <= SkipTable.BITS;
                made[i] = whole ? (short) BitReader.value((long) i << (64 - SkipTable.BITS), symbol) : LONGER;
            }
            differences = made;
        }
        return made;
    }

    /** Several AC symbols at a time, without values: {@link SkipTable}. */
    public char[] skip() {
        char[] made = skip;
        if (made == null) {
            made = SkipTable.of(wideCodes(), null);
            skip = made;
        }
        return made;
    }

    /** The same for the start of a block: a DC difference, then AC symbols. Call it on the DC table. */
    public char[] start(HuffmanLookup ac) {
        Start<char[]> made = start;
        if (made == null || made.ac() != ac) {
            made = new Start<>(ac, SkipTable.of(ac.wideCodes(), wideCodes()));
            start = made;
        }
        return made.entries();
    }

    /** Up to two AC coefficients at a time, with the position of their values: {@link FlipTable}. */
    public long[] flip() {
        long[] made = flip;
        if (made == null) {
            made = FlipTable.of(wideCodes(), null);
            flip = made;
        }
        return made;
    }

    /** The same for the start of a block. Call it on the DC table. */
    public long[] flipStart(HuffmanLookup ac) {
        Start<long[]> made = flipStart;
        if (made == null || made.ac() != ac) {
            made = new Start<>(ac, FlipTable.of(ac.wideCodes(), wideCodes()));
            flipStart = made;
        }
        return made.entries();
    }

    /**
     * Up to two AC coefficients at a time, with their values: {@link DecodingTable}.
     *
     * @param discarded the bits of the values that are left out, 0 to {@link #MAX_DISCARDED}, or {@link #ALL_DISCARDED}
     */
    public long[] decode(int discarded) {
        long[] made = decode.get(discarded);
        if (made == null) {
            made = discarded == ALL_DISCARDED
                    ? DecodingTable.skipping(skip())
                    : DecodingTable.ofAc(wideCodes(), discarded);
            decode.set(discarded, made);
        }
        return made;
    }

    /** The same for the start of a block. Call it on the DC table. */
    public long[] decodeStart(HuffmanLookup ac, int discarded) {
        Start<long[]> made = decodeStart.get(discarded);
        if (made == null || made.ac() != ac) {
            long[] entries = discarded == ALL_DISCARDED
                    ? DecodingTable.skipping(start(ac))
                    : DecodingTable.ofDc(wideCodes(), ac.wideCodes(), discarded);
            made = new Start<>(ac, entries);
            decodeStart.set(discarded, made);
        }
        return made.entries();
    }

    /**
     * The encoding of AC coefficients, indexed by 2 * {@link #CODED} times the run of zeros before them, 0 to 15, plus
     * {@link #CODED} plus their value: code and value bits times 32, plus the number of these bits (F.1.2.2).
     */
    public int[] coded() {
        int[] made = coded;
        if (made == null) {
            made = new int[16 * 2 * CODED];
            for (int i = 0; i < made.length; i++) {
                int value = i % (2 * CODED) - CODED;
                int size = 32 - Integer.numberOfLeadingZeros(Math.abs(value));
                int symbol = (i / (2 * CODED)) << 4 | size;
                int bits = (value < 0 ? value - 1 : value) & ((1 << size) - 1);
                made[i] = ((table.code(symbol) << size) | bits) << 5 | (table.length(symbol) + size);
            }
            coded = made;
        }
        return made;
    }
}
