package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.BitReader;
import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.HuffmanLookup;
import imagefunctions.jpeg.format.Scan;

/** The first scan of a band of AC coefficients (ITU-T T.81, G.1.2.2). */
final class AcFirstScan extends AcScan {
    private final int first;
    private final ProgressiveBlocks blocks;
    private final int[] symbols;
    private final Band band;

    /** The last coefficient of the block that was read. */
    private int k;

    /** The zig-zag indices of its coefficients that are not zero, one bit each. */
    private long set;

    AcFirstScan(Scan scan, EntropyData data, HuffmanLookup lookup, ProgressiveBlocks blocks, Band band) {
        super(scan, data, lookup);
        this.first = scan.spectralStart();
        this.blocks = blocks;
        this.symbols = lookup.symbols();
        this.band = band;
    }

    @Override
    void decode(int from, int count) {
        for (int block = from; block < from + count; block++) {
            if (endOfBandRun > 0) {
                endOfBandRun--;
                continue;
            }
            checkPosition();
            band.begin(block);
            k = first - 1;
            set = 0;
            run();
            while (k < last && !takeSymbol()) {
                run();
            }
            blocks.begun(block, set);
        }
    }

    /** The hot loop: decodes up to the end of the block, or a symbol for which there is no entry. */
    private void run() {
        byte[] from = bytes;
        int[] table = symbols;
        short[] into = band.last();
        int end = last;
        int shift = low;
        int at = bit;
        int index = k;
        int n = band.used();
        long there = set;
        while (index < end) {
            long word = word(from, at);
            int entry = table[(int) (word >>> (64 - HuffmanLookup.SYMBOL_BITS))];
            int reached = index + (entry >>> 10);
            if (entry == 0 || reached > end) {
                break;
            }
            index = reached;
            int value = BitReader.value(word, entry) << shift;
            into[n] = (short) value;
            // Nothing but an end of sixteen zeros has no value.
            int valued = (short) value == 0 ? 0 : 1;
            there |= (long) valued << index;
            n += valued;
            at += entry & 63;
        }
        bit = at;
        k = index;
        band.used(n);
        set = there;
    }

    /** Decodes one symbol by the slow path; whether it ends the block. */
    private boolean takeSymbol() {
        long word = word(bytes, bit);
        int symbol = symbol(word);
        if (endsBand(word, symbol)) {
            endOfBandRun--;
            return true;
        }
        int size = symbol & 15;
        k += (symbol >> 4 & 15) + 1;
        if (k > last) {
            throw overrun();
        }
        int taken = (symbol >> 8) + size;
        short value = (short) (BitReader.value(word, size << 6 | taken) << low);
        if (value != 0) {
            band.last()[band.used()] = value;
            band.used(band.used() + 1);
            set |= 1L << k;
        }
        bit += taken;
        return false;
    }
}
