package imagefunctions.jpeg;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Huffman table as a file defines it (ITU-T T.81, B.2.4.2 and annex C), with its plain decoder. */
final class HuffmanTable {
    static final int MAX_CODE_LENGTH = 16;
    private static final int CACHED = 64;

    /** Nearly every file brings the same few tables, and the fast tables derived from them are dear to build. */
    private static final Map<HuffmanTable, HuffmanTable> CACHE = new LinkedHashMap<>(CACHED * 2, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HuffmanTable, HuffmanTable> eldest) {
            return size() > CACHED;
        }
    };

    /** Counts of the codes of 1 to 16 bits, then the symbols by rising code. */
    private final byte[] definition;

    private final int[] codes = new int[256];
    private final int[] lengths = new int[256];
    private final FastTables fast;

    private HuffmanTable(byte[] definition) {
        this.definition = definition;
        int code = 0;
        int at = MAX_CODE_LENGTH;
        for (int length = 1; length <= MAX_CODE_LENGTH; length++) {
            for (int i = 0; i < (definition[length - 1] & 0xFF); i++) {
                int symbol = definition[at++] & 0xFF;
                codes[symbol] = code++;
                lengths[symbol] = length;
            }
            if (code > 1 << length) {
                throw new DamagedJpegException("A Huffman table has more codes of " + length + " bits than there are.");
            }
            code <<= 1;
        }
        this.fast = new FastTables(this);
    }

    /** Reads the table that starts at the offset, which has `available` bytes before its segment ends. */
    static HuffmanTable parse(byte[] bytes, int offset, int available) {
        int symbols = 0;
        for (int i = 0; i < MAX_CODE_LENGTH && i < available; i++) {
            symbols += Bytes.u8(bytes, offset + i);
        }
        if (symbols > 256 || MAX_CODE_LENGTH + symbols > available) {
            throw new DamagedJpegException("A Huffman table is cut short.");
        }
        return of(Arrays.copyOfRange(bytes, offset, offset + MAX_CODE_LENGTH + symbols));
    }

    static HuffmanTable of(byte[] definition) {
        HuffmanTable table = new HuffmanTable(definition);
        synchronized (CACHE) {
            HuffmanTable known = CACHE.putIfAbsent(table, table);
            return known == null ? table : known;
        }
    }

    /** Bytes that this table takes in a DHT segment, after the byte that says which table it is. */
    byte[] definition() {
        return definition.clone();
    }

    int definitionLength() {
        return definition.length;
    }

    FastTables fast() {
        return fast;
    }

    /** Each symbol's code times 32 plus its length. */
    int[] packedCodes() {
        int[] packed = new int[256];
        for (int symbol = 0; symbol < 256; symbol++) {
            packed[symbol] = codes[symbol] << 5 | lengths[symbol];
        }
        return packed;
    }

    int code(int symbol) {
        return codes[symbol];
    }

    /** Bits of the symbol's code, 0 if it has none. */
    int length(int symbol) {
        return lengths[symbol];
    }

    /**
     * Decodes the code at the top of the word, bit by bit (F.2.2.3).
     *
     * @return the symbol plus 256 times the code's length, or -1 if no code starts like this
     */
    int decode(long word) {
        int first = 0;
        int at = MAX_CODE_LENGTH;
        for (int length = 1; length <= MAX_CODE_LENGTH; length++) {
            int count = definition[length - 1] & 0xFF;
            int code = (int) (word >>> (64 - length));
            if (code - first < count) {
                return (definition[at + code - first] & 0xFF) | length << 8;
            }
            at += count;
            first = (first + count) << 1;
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HuffmanTable table && Arrays.equals(definition, table.definition);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(definition);
    }
}
