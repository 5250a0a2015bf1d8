package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.BitReader;
import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.HuffmanLookup;
import imagefunctions.jpeg.format.Scan;
import java.util.Arrays;

/** The first scan of a band of AC coefficients (ITU-T T.81, G.1.2.2), which holds what it brings block after block. */
final class AcFirstScan extends AcScan {
    /** More values than a block has. */
    private static final int ROOM = 64;

    private final int first;
    private final ProgressiveBlocks blocks;
    private final int[] symbols;

    /** Where the values of each block begin that has any. */
    private final int[] starts;

    private short[] values = new short[ROOM];
    private int used;

    /** The last coefficient read, and those of the block that are not zero, one bit each. */
    private int k;

    private long set;

    AcFirstScan(Scan scan, EntropyData data, HuffmanLookup lookup, ProgressiveBlocks blocks) {
        super(scan, data, lookup);
        this.first = scan.spectralStart();
        this.blocks = blocks;
        this.symbols = lookup.symbols();
        this.starts = new int[blocks.count()];
    }

    /** The zig-zag indices of the band, one bit each. */
    long band() {
        return -1L << first & -1L >>> (63 - last);
    }

    /** The number of a block's first value. */
    int start(int block) {
        return starts[block];
    }

    /** The values of all blocks, and at least one after them. */
    short[] values() {
        return values;
    }

    @Override
    void decode(int from, int count) {
        for (int block = from; block < from + count; block++) {
            if (endOfBandRun > 0) {
                endOfBandRun--;
                continue;
            }
            checkPosition();
            if (values.length - used < 2 * ROOM) {
                values = Arrays.copyOf(values, values.length + (values.length >> 1) + 2 * ROOM);
            }
            starts[block] = used;
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
        short[] into = values;
        int end = last;
        int shift = low;
        int at = bit;
        int index = k;
        int n = used;
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
        used = n;
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
            values[used++] = value;
            set |= 1L << k;
        }
        bit += taken;
        return false;
    }
}
