package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.HuffmanLookup;
import imagefunctions.jpeg.format.Bytes;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.Scan;

/**
 * Decodes a progressive scan of AC coefficients, which has one component and a band of them (ITU-T T.81, G.1.2.2 and
 * G.1.2.3).
 *
 * <p>Hot loops have no call in them, for which the JIT compiler would keep their variables in memory: what they have no
 * table entry for is left to the slow path, symbol by symbol.
 */
abstract class AcScan {
    /** Bits that {@link #word} gives at least. */
    static final int WORD_BITS = 57;

    /** The run of zeros of the one symbol without a value that does not end a band: with it, sixteen of them. */
    private static final int LONGEST_RUN = 15;

    final byte[] bytes;
    final int last;
    final int low;

    /** The offset of the next bit. */
    int bit;

    /** Blocks, from the next one on, that have no more codes. */
    int endOfBandRun;

    private final EntropyData data;
    private final HuffmanLookup lookup;
    private final int[] codes;

    AcScan(Scan scan, EntropyData data, HuffmanLookup lookup) {
        this.data = data;
        this.bytes = data.data();
        this.last = scan.spectralEnd();
        this.low = scan.approximationLow();
        this.lookup = lookup;
        this.codes = lookup.codes();
    }

    /** Begins a restart interval. */
    void restart(int segment) {
        bit = data.segmentStart(segment) << 3;
        endOfBandRun = 0;
    }

    /** Decodes a run of blocks. */
    abstract void decode(int from, int count);

    void checkPosition() {
        if (bit > data.limit()) {
            throw new DamagedJpegException("The entropy-coded data end too early.");
        }
    }

    /** The next bits from an offset on, left-aligned. */
    static long word(byte[] bytes, int bit) {
        return Bytes.getLong(bytes, bit >>> 3) << (bit & 7);
    }

    /** The symbol that a code at the top of the word stands for, plus 256 times the code's length. */
    int symbol(long word) {
        int known = codes[(int) (word >>> (64 - HuffmanLookup.SYMBOL_BITS))];
        int decoded = known != 0 ? known : lookup.table().decode(word);
        if (decoded < 0) {
            throw new DamagedJpegException("The entropy-coded data hold an AC code that there is not.");
        }
        return decoded;
    }

    /** Whether a symbol begins an end-of-band run, which is read if it does. */
    boolean endsBand(long word, int symbol) {
        int bits = symbol >> 4 & 15;
        if ((symbol & 15) > 0 || bits == LONGEST_RUN) {
            return false;
        }
        int length = symbol >> 8;
        endOfBandRun = (1 << bits) + (int) (word << length >>> 1 >>> (63 - bits));
        bit += length + bits;
        return true;
    }

    static DamagedJpegException overrun() {
        return new DamagedJpegException("The entropy-coded data hold more coefficients than the band has.");
    }
}
