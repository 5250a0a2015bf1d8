package imagefunctions.jpeg.write;

import imagefunctions.jpeg.entropy.HuffmanLookup;
import imagefunctions.jpeg.format.CoefficientRange;
import imagefunctions.jpeg.format.HuffmanTable;

/** The codes of AC coefficients by a Huffman table (ITU-T T.81, F.1.2.2): each times 32, plus the number of its bits. */
final class AcCodes {
    /** The longest run of zeros that the code of a coefficient includes. */
    static final int LONGEST_RUN = 15;

    private final int[] codes;
    private final int[] coded;

    AcCodes(HuffmanTable table) {
        this.codes = table.packedCodes();
        this.coded = HuffmanLookup.of(table).coded();
    }

    /** The code and value bits of a coefficient after 0 to 15 zeros. */
    int of(int run, int value) {
        int index = value + HuffmanLookup.CODED;
        if ((index & -2 * HuffmanLookup.CODED) == 0) {
            return coded[run * 2 * HuffmanLookup.CODED + index];
        }
        int sign = value >> 31;
        int magnitude = Math.min((value ^ sign) - sign, CoefficientRange.MAX_AC);
        int size = 32 - Integer.numberOfLeadingZeros(magnitude);
        int code = codes[run << 4 | size];
        return ((code >>> 5) << size | ((magnitude ^ sign) & (1 << size) - 1)) << 5 | (code & 31) + size;
    }

    /** The code of sixteen zeros. */
    int zeros() {
        return codes[0xF0];
    }

    /** The code of the end of a block whose last nonzero coefficient has a zig-zag index, or 0 if it needs none. */
    int end(int last) {
        return last < 63 ? codes[0] : 0;
    }
}
