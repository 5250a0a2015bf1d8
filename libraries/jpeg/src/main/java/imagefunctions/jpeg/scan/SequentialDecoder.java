package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.BitReader;
import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.entropy.DecodingTable;
import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.SkipTable;
import imagefunctions.jpeg.format.Bytes;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.Interruption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes all coefficients of a sequential scan in one pass, without an index of the blocks.
 *
 * <p>Invariant: the result is that of {@link SlowPath}. Only nonzero coefficients, and DC in any case, are stored, one
 * after the other in coded order, with an index of the first of each block. As in {@link BlockCursor}, nothing branches
 * on the image: every step stores what it may have found, and advances only if it has.
 *
 * <p>If block rows are read in order, one MCU row is decoded at a time, and only its coefficients are stored; otherwise
 * all at once.
 */
public final class SequentialDecoder {
    /** Blocks between checks of the room in the buffers. */
    private static final int BLOCKS_PER_CHECK = McuTables.BLOCKS_PER_REWIND / 2;

    private static final int ROOM = (BLOCKS_PER_CHECK + 2) * 64;

    private final Buffers buffers;
    private final EntropyData data;
    private final McuLayout layout;
    private final McuTables tables;
    private final long[] entries;
    private final boolean[] wanted;
    private final int interval;
    private final Range range;
    private final int rows;
    private final int[] predictions;

    /** The first of the MCU rows that are decoded together. */
    private int row;

    /** The position in coded order of the first block that is stored. */
    private int firstKept;

    private int bit;
    private int state;
    private int block;
    private int used;

    /**
     * The MCU rows that a decoder decodes.
     *
     * @param bit at which the first one begins
     * @param predictions the DC coefficients before it, by component
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Range(int first, int end, int bit, int[] predictions) {}

    /** Buffers that one decoder after the other reuses. */
    public static final class Buffers {
        /** As many as a photo of 12 megapixels has. */
        private static final int MOST_KEPT = 1 << 22;

        private int[] coefficients = new int[ROOM];
        private int[] starts = new int[0];

        /** Frees a buffer that only an unusually large picture needs. */
        void release() {
            if (coefficients.length > MOST_KEPT) {
                coefficients = new int[ROOM];
            }
        }
    }

    /**
     * A decoder for a scan.
     *
     * @param wanted by component of the frame; others are skipped
     * @param discarded by component, the bits of the AC values that may be left out
     * @param restartInterval MCUs between restarts, 0 for none
     * @param inOrder whether block rows are read from the top down
     */
    public SequentialDecoder(
            Buffers buffers,
            EntropyData data,
            McuLayout layout,
            ScanTables huffman,
            boolean[] wanted,
            int[] discarded,
            int restartInterval,
            boolean inOrder) {
        this.buffers = buffers;
        this.data = data;
        this.layout = layout;
        this.tables = new McuTables(layout, huffman, wanted, discarded);
        this.entries = tables.decode(data);
        this.wanted = wanted;
        this.interval = restartInterval == 0 ? layout.widthInMcus() * layout.heightInMcus() : restartInterval;
        this.range = new Range(0, layout.heightInMcus(), data.segmentStart(0) << 3, new int[wanted.length]);
        this.rows = inOrder ? 1 : layout.heightInMcus();
        this.predictions = new int[wanted.length];
        begin();
    }

    /** Another thread's decoder for some of the same MCU rows, all together. */
    private SequentialDecoder(SequentialDecoder other, Buffers buffers, Range range) {
        this.buffers = buffers;
        this.data = other.data;
        this.layout = other.layout;
        this.tables = other.tables;
        this.entries = other.entries;
        this.wanted = other.wanted;
        this.interval = other.interval;
        this.range = range;
        this.rows = range.end - range.first;
        this.predictions = new int[wanted.length];
        begin();
    }

    private void begin() {
        int blocks = rows * layout.widthInMcus() * layout.blocks();
        if (buffers.starts.length <= blocks) {
            buffers.starts = new int[blocks + 1];
        }
        row = range.first - rows;
    }

    /**
     * Decoders of parts of the same scan, by MCU row, which have decoded it.
     *
     * @param parts buffers for each part
     * @param index of the scan's blocks
     * @param sums DC coefficients of the wanted components
     */
    SequentialDecoder[] split(List<Buffers> parts, BlockIndex index, @Nullable SequentialBlocks[] sums, Cores cores) {
        SequentialDecoder[] byRow = new SequentialDecoder[layout.heightInMcus()];
        cores.bands(parts.size(), byRow.length, (part, first, end) -> {
            int bit = index.starts()[first * layout.widthInMcus() * layout.blocks()];
            int[] before = new int[wanted.length];
            for (int c = 0; c < before.length; c++) {
                SequentialBlocks sum = sums[c];
                before[c] = sum == null ? 0 : sum.dcBefore(first);
            }
            SequentialDecoder decoder =
                    new SequentialDecoder(this, parts.get(part), new Range(first, end, bit, before));
            decoder.decodeIfAll();
            Arrays.fill(byRow, first, end, decoder);
        });
        return byRow;
    }

    /** Whether all MCU rows are decoded together. */
    boolean holdsAll() {
        return rows == range.end() - range.first();
    }

    /** Decodes all MCU rows if that is done together; several threads may then read them. */
    void decodeIfAll() {
        if (holdsAll()) {
            decodeTo(range.first());
        }
    }

    /** Each {@link Coefficient} of the stored blocks, and at least 64 elements more. */
    int[] coefficients() {
        return buffers.coefficients;
    }

    /**
     * The index of the first coefficient of the block at a position in coded order, where those of the block before it
     * end.
     */
    int start(int position) {
        return buffers.starts[position - firstKept];
    }

    /** Decodes on to an MCU row, or again from the top if that row has been passed. */
    public void decodeTo(int wantedRow) {
        if (wantedRow < row) {
            row = range.first() - rows;
        }
        while (wantedRow >= row + rows) {
            row += rows;
            firstKept = row * layout.widthInMcus() * layout.blocks();
            used = 0;
            decode(row * layout.widthInMcus(), (row + rows) * layout.widthInMcus());
        }
    }

    private void decode(int firstMcu, int endMcu) {
        int mcu = firstMcu;
        if (row == range.first()) {
            bit = range.bit();
            System.arraycopy(range.predictions(), 0, predictions, 0, predictions.length);
        }
        while (mcu < endMcu) {
            int segment = mcu / interval;
            int segmentEnd =
                    (int) Math.min((segment + 1L) * interval, (long) layout.widthInMcus() * layout.heightInMcus());
            if (mcu == segment * interval) {
                bit = data.segmentStart(segment) << 3;
                Arrays.fill(predictions, 0);
            }
            int end = Math.min(endMcu, segmentEnd);
            decodeBlocks((end - mcu) * layout.blocks(), mcu * layout.blocks() - firstKept);
            sumUp(mcu * layout.blocks() - firstKept, end * layout.blocks() - firstKept);
            mcu = end;
            if (mcu == segmentEnd) {
                data.checkEnd(segment, bit, mcu == layout.widthInMcus() * layout.heightInMcus());
            }
        }
    }

    /** Decodes a number of blocks from the start of an MCU. */
    private void decodeBlocks(int count, int first) {
        state = 0;
        block = first;
        buffers.starts[first] = used;
        while (block < first + count) {
            Interruption.check();
            if (bit >= data.limit()) {
                throw endsEarly();
            }
            int length = buffers.coefficients.length;
            if (length - used < ROOM) {
                buffers.coefficients = Arrays.copyOf(buffers.coefficients, length + (length >> 1) + ROOM);
            }
            int base = block - (block - first) % layout.blocks();
            if (!run(base, Math.min(first + count, block + BLOCKS_PER_CHECK))) {
                takeSlowPath(block - base);
            }
        }
    }

    private static DamagedJpegException endsEarly() {
        return new DamagedJpegException("The entropy-coded data end too early.");
    }

    /** The hot loop: decodes up to a block; false if it needs the slow path first. */
    private boolean run(int base, int end) {
        byte[] bytes = data.data();
        long[] table = entries;
        McuTables order = tables;
        int limit = data.limit();
        int[] into = buffers.coefficients;
        int[] begins = buffers.starts;
        int at = bit;
        int sum = state;
        int current = block;
        int n = used;
        boolean covered = true;
        while (covered && current < end && at < limit) {
            long word = Bytes.getLong(bytes, at >>> 3) << (at & 7);
            long slots = McuTables.begun(order.order(current - base), sum & DecodingTable.PASSED);
            // A step ends one block at most.
            int steps = end - current < SkipTable.PER_REFILL ? 1 : SkipTable.PER_REFILL;
            for (int i = 0; i < steps; i++) {
                long entry = table[(int) (word >>> (64 - SkipTable.BITS)) | ((int) slots & McuTables.TABLE)];
                int low = (int) entry;
                int passed = sum + low;
                if ((passed & DecodingTable.OVERRUN) != 0) {
                    covered = false;
                    break;
                }
                int count = low >>> DecodingTable.COUNT_AT;
                into[n] = DecodingTable.first(entry, sum);
                into[n + (count >> 1)] = DecodingTable.last(word, entry, passed);
                n += count;
                word <<= low;
                slots >>>= low >>> DecodingTable.MOVE_AT;
                begins[current + 1] = n;
                int ended = low >>> DecodingTable.ENDED_AT & 1;
                current += ended;
                sum = passed & (ended - 1 | DecodingTable.TAKEN);
            }
            at += sum & DecodingTable.TAKEN;
            sum &= ~DecodingTable.TAKEN;
        }
        bit = at;
        state = sum;
        block = current;
        used = n;
        return covered;
    }

    /** Decodes one symbol by the slow path. */
    private void takeSlowPath(int position) {
        long word = Bytes.getLong(data.data(), bit >>> 3) << (bit & 7);
        int read = (state & DecodingTable.PASSED) / DecodingTable.ONE_PASSED;
        int symbol = read == 0
                ? SlowPath.dcSymbol(
                        word, tables.huffman().dc(tables.component(position)).table())
                : SlowPath.acSymbol(
                        word, tables.huffman().ac(tables.component(position)).table());
        int reached = read == 0 ? 1 : read + (symbol >> 10);
        SlowPath.checkEnd(reached - 1);
        if (tables.wanted(position) && (read == 0 || (symbol >> 6 & 15) > 0)) {
            buffers.coefficients[used++] = Coefficient.of(reached - 1, BitReader.value(word, symbol));
        }
        bit += symbol & 63;
        state = reached * DecodingTable.ONE_PASSED;
        buffers.starts[block + 1] = used;
        if (reached >= 64) {
            block++;
            state = 0;
        }
    }

    /** Sums up the DC differences of a run of blocks (F.2.1.3.1). */
    private void sumUp(int first, int end) {
        for (int c = 0; c < wanted.length; c++) {
            if (wanted[c]) {
                int inMcu = layout.stepAcross()[c] * layout.stepDown()[c];
                predictions[c] = sumUp(predictions[c], first + layout.first(c), inMcu, end);
            }
        }
    }

    private int sumUp(int before, int first, int inMcu, int end) {
        int[] into = buffers.coefficients;
        int[] starts = buffers.starts;
        int prediction = before;
        for (int mcu = first; mcu < end; mcu += layout.blocks()) {
            for (int position = mcu; position < mcu + inMcu; position++) {
                int start = starts[position];
                prediction += Coefficient.value(into[start]);
                into[start] = Coefficient.of(0, prediction);
            }
        }
        return prediction;
    }
}
