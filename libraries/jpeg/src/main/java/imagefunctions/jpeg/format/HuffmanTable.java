package imagefunctions.jpeg.format;

import java.util.Arrays;

/** A Huffman table as a file defines it (ITU-T T.81, B.2.4.2 and annex C), with its bit-by-bit decoder. */
public final class HuffmanTable {
    public static final int MAX_CODE_LENGTH = 16;
    /** Counts of the codes of 1 to 16 bits, then the symbols by rising code. */
    private final byte[] definition;

    private final int[] codes = new int[256];
    private final int[] lengths = new int[256];

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

    public static HuffmanTable of(byte[] definition) {
        return new HuffmanTable(definition);
    }

    /** The bytes of this table in a DHT segment, after those of its class and number. */
    public byte[] definition() {
        return definition.clone();
    }

    public int definitionLength() {
        return definition.length;
    }

    /** Each symbol's code times 32 plus its length. */
    public int[] packedCodes() {
        int[] packed = new int[256];
        for (int symbol = 0; symbol < 256; symbol++) {
            packed[symbol] = codes[symbol] << 5 | lengths[symbol];
        }
        return packed;
    }

    public int code(int symbol) {
        return codes[symbol];
    }

    /** Bits of the symbol's code, 0 if it has none. */
    public int length(int symbol) {
        return lengths[symbol];
    }

    /**
     * Decodes the code at the top of the word, bit by bit (F.2.2.3).
     *
     * @return the symbol plus 256 times the code's length, or -1 if no code starts like this
     */
    public int decode(long word) {
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
