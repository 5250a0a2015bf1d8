package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.BitReader;
import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.HuffmanLookup;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.Interruption;
import imagefunctions.jpeg.format.Scan;

/** Decodes one scan of a progressive file into its components' coefficients (ITU-T T.81, G.1.2 and G.2). */
final class ProgressiveDecoder {
    /** Bits that a refill makes available. */
    private static final int REFILLED = 56;

    private final Scan scan;
    private final McuLayout layout;
    private final EntropyData data;
    private final ProgressiveBlocks[] into;
    private final HuffmanLookup[] lookups;
    private final int[][] dcSymbols;
    private final int[] predictions;
    private final BitReader reader = new BitReader();
    private int endOfBandRun;

    /** Decodes into the blocks of each component, by its DC or AC table. */
    ProgressiveDecoder(
            Scan scan, McuLayout layout, EntropyData data, ProgressiveBlocks[] into, HuffmanLookup[] lookups) {
        this.scan = scan;
        this.layout = layout;
        this.data = data;
        this.into = into;
        this.lookups = lookups;
        this.predictions = new int[into.length];
        this.dcSymbols = new int[into.length][];
        if (scan.spectralStart() == 0 && scan.approximationHigh() == 0) {
            for (Scan.Part part : scan.parts()) {
                dcSymbols[part.component()] = lookups[part.component()].dcSymbols();
            }
        }
    }

    void decode() {
        int interval = scan.restartInterval() == 0 ? Integer.MAX_VALUE : scan.restartInterval();
        int left = 0;
        int segment = -1;
        for (int row = 0; row < layout.heightInMcus(); row++) {
            Interruption.check();
            for (int from = 0; from < layout.widthInMcus(); ) {
                if (left == 0) {
                    checkEnd(segment, false);
                    restart(++segment);
                    left = interval;
                }
                int to = Math.min(layout.widthInMcus(), from + Math.min(left, layout.widthInMcus()));
                if (scan.spectralStart() > 0) {
                    bands(row, from, to);
                } else if (scan.approximationHigh() == 0) {
                    firstDc(row, from, to);
                } else {
                    refineDc(row, from, to);
                }
                left -= to - from;
                from = to;
            }
        }
        checkEnd(segment, true);
    }

    private void restart(int segment) {
        reader.seek(data.data(), data.segmentStart(segment));
        java.util.Arrays.fill(predictions, 0);
        endOfBandRun = 0;
    }

    private void checkEnd(int segment, boolean last) {
        if (segment >= 0) {
            data.checkEnd(segment, reader.bitOffset(), last);
        }
    }

    private void checkPosition(BitReader local) {
        checkPosition(local.bitOffset());
    }

    private void checkPosition(int bit) {
        if (bit > data.limit()) {
            throw new DamagedJpegException("The entropy-coded data end too early.");
        }
    }

    /** The first scan of DC coefficients (G.1.2.1), for MCUs of a row. */
    private void firstDc(int row, int from, int to) {
        BitReader local = new BitReader(reader);
        int[] indices = indices(row, from);
        int[] component = layout.component();
        for (int mcu = from; mcu < to; mcu++) {
            checkPosition(local);
            for (int i = 0; i < indices.length; i++) {
                int c = component[i];
                local.refill();
                int symbol = dcSymbols[c][local.peek(HuffmanLookup.SYMBOL_BITS)];
                if (symbol == 0) {
                    symbol = SlowPath.dcSymbol(local.word(), lookups[c].table());
                }
                predictions[c] += BitReader.value(local.word(), symbol);
                local.skip(symbol);
                into[c].setDc(indices[i], predictions[c] << scan.approximationLow());
                indices[i] += layout.stepAcross()[c];
            }
        }
        reader.set(local);
    }

    /** A refinement scan of DC coefficients: single bits, so that their positions follow from those of the blocks. */
    private void refineDc(int row, int from, int to) {
        int[] indices = indices(row, from);
        int[] component = layout.component();
        int bit = reader.bitOffset();
        int end = bit + (to - from) * indices.length;
        checkPosition(end);
        byte[] bytes = data.data();
        while (bit < end) {
            for (int i = 0; i < indices.length; i++) {
                int c = component[i];
                into[c].refineDc(indices[i], (bytes[bit >>> 3] >> (~bit & 7) & 1) << scan.approximationLow());
                indices[i] += layout.stepAcross()[c];
                bit++;
            }
        }
        reader.seekBit(bytes, bit);
    }

    /** The indices of the blocks of an MCU within their components. */
    private int[] indices(int row, int mcu) {
        int[] indices = new int[layout.blocks()];
        for (int i = 0; i < indices.length; i++) {
            int c = layout.component()[i];
            int x = mcu * layout.stepAcross()[c] + layout.across()[i];
            int y = row * layout.stepDown()[c] + layout.down()[i];
            indices[i] = into[c].index(x, y);
        }
        return indices;
    }

    /** A band of AC coefficients; such scans have one component. */
    private void bands(int row, int from, int to) {
        int c = layout.component()[0];
        if (scan.approximationHigh() == 0) {
            firstAc(into[c], into[c].index(from, row), to - from, lookups[c]);
        } else {
            refineAc(into[c], into[c].index(from, row), to - from, lookups[c]);
        }
    }

    /** The first scan of a band (G.1.2.2), for a run of blocks. */
    private void firstAc(ProgressiveBlocks blocks, int from, int count, HuffmanLookup lookup) {
        BitReader local = new BitReader(reader);
        int[] codes = lookup.codes();
        int last = scan.spectralEnd();
        int block = from;
        while (block < from + count) {
            if (endOfBandRun > 0) {
                int skipped = Math.min(endOfBandRun, from + count - block);
                endOfBandRun -= skipped;
                block += skipped;
                continue;
            }
            checkPosition(local);
            long mask = blocks.mask(block);
            int k = scan.spectralStart() - 1;
            while (k < last) {
                local.refill();
                int decoded = code(local.word(), codes, lookup);
                local.skip(decoded >> 8);
                int run = decoded >> 4 & 15;
                int size = decoded & 15;
                if (size == 0 && run < 15) {
                    endOfBandRun = (1 << run) + local.take(run) - 1;
                    break;
                }
                k += size == 0 ? 16 : run + 1;
                int value = BitReader.value(local.word(), size << 6 | size);
                local.skip(size);
                if (k > last) {
                    throw overrun();
                }
                if (size > 0) {
                    mask = blocks.set(block, k, value << scan.approximationLow(), mask);
                }
            }
            blocks.mask(block, mask);
            block++;
        }
        reader.set(local);
    }

    /**
     * A refinement scan of a band (G.1.2.3), for a run of blocks.
     *
     * <p>`rest` is the part of the band not yet passed, and `target` the coefficient at the end of a run of zeros: the
     * one after the run among those with no history, which {@link Long#expand} picks out.
     */
    private void refineAc(ProgressiveBlocks blocks, int from, int count, HuffmanLookup lookup) {
        BitReader local = new BitReader(reader);
        int[] codes = lookup.codes();
        long band = -1L << scan.spectralStart() & -1L >>> (63 - scan.spectralEnd());
        for (int block = from; block < from + count; block++) {
            checkPosition(local);
            long history = blocks.mask(block);
            long mask = history;
            long larger = 0;
            long rest = band;
            while (endOfBandRun == 0 && rest != 0) {
                local.refill();
                int decoded = code(local.word(), codes, lookup);
                local.skip(decoded >> 8);
                int run = decoded >> 4 & 15;
                int size = decoded & 15;
                if (size > 1) {
                    throw new DamagedJpegException("A refining scan sets a coefficient to more than one bit.");
                }
                if (size == 0 && run < 15) {
                    endOfBandRun = (1 << run) + local.take(run);
                    break;
                }
                int sign = local.take(size);
                long target = Long.expand(1L << run, rest & ~history);
                larger |= corrections(local, history & rest & (target - 1));
                if (size == 1) {
                    if (target == 0) {
                        throw overrun();
                    }
                    int value = (sign == 0 ? -1 : 1) << scan.approximationLow();
                    mask = blocks.set(block, Long.numberOfTrailingZeros(target), value, mask);
                }
                rest &= -(target << 1);
            }
            if (endOfBandRun > 0) {
                larger |= corrections(local, history & rest);
                endOfBandRun--;
            }
            blocks.enlarge(block, larger, 1 << scan.approximationLow());
            blocks.mask(block, mask);
        }
        reader.set(local);
    }

    /** Reads a correction bit for each of the coefficients; those for which it is set. */
    private static long corrections(BitReader local, long coefficients) {
        if (Long.bitCount(coefficients) > REFILLED) {
            return corrections(local, coefficients & 0xFFFFFFFFL) | corrections(local, coefficients & -1L << 32);
        }
        local.refill();
        long set = Long.expand(Long.reverse(local.word()), coefficients);
        local.skip(Long.bitCount(coefficients));
        return set;
    }

    private static int code(long word, int[] codes, HuffmanLookup lookup) {
        int known = codes[(int) (word >>> (64 - HuffmanLookup.SYMBOL_BITS))];
        int decoded = known != 0 ? known : lookup.table().decode(word);
        if (decoded < 0) {
            throw new DamagedJpegException("The entropy-coded data hold an AC code that there is not.");
        }
        return decoded;
    }

    private static DamagedJpegException overrun() {
        return new DamagedJpegException("The entropy-coded data hold more coefficients than the band has.");
    }
}
