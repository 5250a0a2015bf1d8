package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.HuffmanLookup;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.Scan;

/**
 * A refinement scan of a band of AC coefficients (ITU-T T.81, G.1.2.3).
 *
 * <p>A code says how many coefficients that are zero still are so, and between it and the next one is a bit for each that
 * they pass and that is not zero. These correction bits are collected in the order of the coefficients, and spread at the
 * end of the block. The coefficient that a code brings is the one after a run among those that were zero, which {@link
 * Long#expand} picks out.
 */
final class AcRefinement extends AcScan {
    /** Bits that a code and the sign after it have at most. */
    private static final int LONGEST = 17;

    private final int first;
    private final long band;
    private final ProgressiveBlocks blocks;
    private final int[] entries;

    /** Coefficients of the block that were not zero before, that are still to pass of the others, and that are brought. */
    private long history;

    private long zeros;
    private long brought;
    private long negative;

    /** The correction bits read, the last one lowest. */
    private long corrections;

    /** The last coefficient passed. */
    private int k;

    AcRefinement(Scan scan, EntropyData data, HuffmanLookup lookup, ProgressiveBlocks blocks) {
        super(scan, data, lookup);
        this.first = scan.spectralStart();
        this.band = Band.indices(scan);
        this.blocks = blocks;
        this.entries = lookup.refinements();
    }

    @Override
    void decode(int from, int count) {
        for (int block = from; block < from + count; block++) {
            checkPosition();
            history = blocks.mask(block) & band;
            zeros = band & ~history;
            brought = 0;
            negative = 0;
            corrections = 0;
            k = first - 1;
            if (endOfBandRun == 0) {
                run();
                while (k < last && !takeSymbol()) {
                    run();
                }
            }
            if (endOfBandRun > 0) {
                correct(Long.bitCount(history & -2L << k));
                endOfBandRun--;
            }
            long larger = Long.expand(Long.reverse(corrections << -Long.bitCount(history)), history);
            blocks.refine(block, low, larger, brought, negative & brought);
        }
    }

    /** The hot loop: decodes up to the end of the block, or a symbol for which there is no entry. */
    private void run() {
        byte[] from = bytes;
        int[] table = entries;
        int end = last;
        int at = bit;
        int used = 0;
        long word = word(from, at);
        int passed = k;
        long left = zeros;
        long collected = corrections;
        long set = brought;
        long minus = negative;
        while (passed < end) {
            if (used > WORD_BITS - LONGEST) {
                at += used;
                used = 0;
                word = word(from, at);
            }
            int entry = table[(int) (word >>> (64 - HuffmanLookup.SYMBOL_BITS))];
            // Only the lowest six bits, which are the run, count for the shift.
            long target = Long.expand(1L << entry, left);
            int taken = entry >>> HuffmanLookup.TAKEN_AT;
            int next = Long.numberOfTrailingZeros(target);
            int step = next - (passed + 1 + (entry & HuffmanLookup.RUN) - taken);
            if (entry == 0 || target == 0 || step > WORD_BITS - used) {
                break;
            }
            left &= -(target << 1);
            set |= (entry & HuffmanLookup.BRINGS) == 0 ? 0 : target;
            minus |= target & ~(word << (taken - 1) >> 63);
            int count = step - taken;
            collected = collected << count | word << taken >>> 1 >>> (63 - count);
            word <<= step;
            used += step;
            passed = next;
        }
        bit = at + used;
        k = passed;
        zeros = left;
        corrections = collected;
        brought = set;
        negative = minus;
    }

    /** Decodes one symbol by the slow path; whether it ends the block. */
    private boolean takeSymbol() {
        long word = word(bytes, bit);
        int symbol = symbol(word);
        if (endsBand(word, symbol)) {
            return true;
        }
        int size = symbol & 15;
        if (size > 1) {
            throw new DamagedJpegException("A refining scan sets a coefficient to more than one bit.");
        }
        int taken = (symbol >> 8) + size;
        int run = symbol >> 4 & 15;
        long target = Long.expand(1L << run, zeros);
        if (size == 1) {
            if (target == 0) {
                throw overrun();
            }
            brought |= target;
            negative |= target & ~(word << (taken - 1) >> 63);
        }
        bit += taken;
        int next = Long.numberOfTrailingZeros(target);
        correct(target == 0 ? Long.bitCount(history & -2L << k) : next - k - 1 - run);
        zeros &= -(target << 1);
        k = next;
        return false;
    }

    /** Reads 0 to 63 correction bits. */
    private void correct(int count) {
        if (count > 32) {
            correct(32);
            correct(count - 32);
            return;
        }
        corrections = corrections << count | word(bytes, bit) >>> 1 >>> (63 - count);
        bit += count;
    }
}
