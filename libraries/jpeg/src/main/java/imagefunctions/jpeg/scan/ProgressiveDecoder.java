package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.BitReader;
import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.HuffmanLookup;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.Interruption;
import imagefunctions.jpeg.format.Scan;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decodes one scan of a progressive file into its components' coefficients (ITU-T T.81, G.1.2 and G.2). */
final class ProgressiveDecoder {
    private final Scan scan;
    private final McuLayout layout;
    private final EntropyData data;
    private final ProgressiveBlocks[] into;
    private final HuffmanLookup[] lookups;
    private final int[][] dcSymbols;
    private final int[] predictions;
    private final BitReader reader = new BitReader();
    private final @Nullable AcScan ac;

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
        this.ac = scan.spectralStart() > 0 ? ac(scan.parts().getFirst().component()) : null;
        if (scan.spectralStart() == 0 && scan.approximationHigh() == 0) {
            for (Scan.Part part : scan.parts()) {
                dcSymbols[part.component()] = lookups[part.component()].dcSymbols();
            }
        }
    }

    private AcScan ac(int component) {
        if (scan.approximationHigh() > 0) {
            return new AcRefinement(scan, data, lookups[component], into[component]);
        }
        return new AcFirstScan(scan, data, lookups[component], into[component], into[component].begin(scan));
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
                if (ac != null) {
                    // Such scans have one component.
                    ac.decode(into[layout.component()[0]].index(from, row), to - from);
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
        if (ac != null) {
            ac.restart(segment);
            return;
        }
        reader.seek(data.data(), data.segmentStart(segment));
        Arrays.fill(predictions, 0);
    }

    private void checkEnd(int segment, boolean last) {
        if (segment >= 0) {
            data.checkEnd(segment, ac != null ? ac.bit : reader.bitOffset(), last);
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
}
