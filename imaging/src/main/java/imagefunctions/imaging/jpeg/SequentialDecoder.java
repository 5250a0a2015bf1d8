package imagefunctions.imaging.jpeg;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes all coefficients of a sequential scan in one pass, for edits that need every one of them: without an index of
 * the blocks, and without looking at any bit twice.
 *
 * <p>Invariant: what it finds is what {@link PlainBlocks} would find symbol by symbol. Only coefficients that are not zero
 * are kept, one behind the other in the order of the scan; {@link DecodedBlocks} know where each block's begin.
 *
 * <p>A decoder keeps its buffer from one file to the next.
 */
final class SequentialDecoder {
    private static final int FIRST_ROOM = 1 << 12;

    private short[] values = new short[FIRST_ROOM];
    private int used;

    /** The coefficients of all blocks decoded, and at least 64 numbers more. */
    short[] values() {
        return values;
    }

    /** What a scan is decoded with, and where to. */
    @SuppressWarnings("ArrayRecordComponent") // read in hot loops, never compared
    record Work(
            EntropyData data,
            McuPlan plan,
            PlainBlocks plain,
            @Nullable DecodedBlocks[] into,
            int[] predictions,
            int[][] differences,
            int[][] symbols) {

        /** Of the frame's components, those that get no blocks to fill are read over. */
        static Work of(EntropyData data, McuPlan plan, PlainBlocks plain, @Nullable DecodedBlocks[] into) {
            int[][] differences = new int[plan.blocks()][];
            int[][] symbols = new int[plan.blocks()][];
            for (int i = 0; i < plan.blocks(); i++) {
                differences[i] = plain.dc(plan.component()[i]).fast().dcSymbols();
                symbols[i] = plain.ac(plan.component()[i]).fast().symbols();
            }
            return new Work(data, plan, plain, into, new int[plan.stepAcross().length], differences, symbols);
        }
    }

    /**
     * Decodes a scan.
     *
     * @param interval MCUs between restarts, 0 for none
     */
    void decode(Work work, int interval) {
        used = 0;
        int mcus = work.plan().wide() * work.plan().high();
        int each = interval == 0 ? mcus : interval;
        for (int first = 0, segment = 0; first < mcus; first += each, segment++) {
            decodeSegment(work, segment, first, Math.min(mcus, first + each));
        }
    }

    private void decodeSegment(Work work, int segment, int first, int end) {
        EntropyData data = work.data();
        BitCursor cursor = new BitCursor();
        cursor.seek(data.data(), data.segmentStart(segment));
        Arrays.fill(work.predictions(), 0);
        int wide = work.plan().wide();
        int mcu = first;
        while (mcu < end) {
            int rowEnd = Math.min(end, mcu / wide * wide + wide);
            decodeRow(work, cursor, mcu, rowEnd);
            mcu = rowEnd;
        }
        if (cursor.bitOffset() > data.segmentEnd(segment) << 3) {
            throw endsEarly();
        }
    }

    private static DamagedJpegException endsEarly() {
        return new DamagedJpegException("The entropy-coded data end too early.");
    }

    private void decodeRow(Work work, BitCursor cursor, int first, int end) {
        McuPlan plan = work.plan();
        int row = first / plan.wide();
        for (int mcu = first; mcu < end; mcu++) {
            int room = (plan.blocks() + 1) * 64;
            if (values.length - used < room) {
                values = Arrays.copyOf(values, values.length + (values.length >> 1) + room);
            }
            if (cursor.bitOffset() >= work.data().limit()) {
                throw endsEarly();
            }
            for (int i = 0; i < plan.blocks(); i++) {
                int c = plan.component()[i];
                int start = used;
                long mask = decodeBlock(work, i, cursor);
                DecodedBlocks blocks = work.into()[c];
                int x = (mcu - row * plan.wide()) * plan.stepAcross()[c] + plan.across()[i];
                int y = row * plan.stepDown()[c] + plan.down()[i];
                if (blocks != null && x < blocks.wide() && y < blocks.high()) {
                    blocks.put(x, y, mask, start);
                } else {
                    used = start;
                }
            }
        }
    }

    /** Appends a block's coefficients (ITU-T T.81, F.2.2); returns which they are. */
    private long decodeBlock(Work work, int place, BitCursor shared) {
        BitCursor cursor = new BitCursor(shared);
        int[] symbols = work.symbols()[place];
        short[] out = values;
        int n = used;
        cursor.refill();
        int c = work.plan().component()[place];
        int difference = work.differences()[place][cursor.peek(FastTables.SYMBOL_BITS)];
        if (difference == 0) {
            difference = PlainBlocks.dcSymbol(cursor.word(), work.plain().dc(c));
        }
        int value = work.predictions()[c] + BitCursor.value(cursor.word(), difference);
        cursor.skip(difference);
        work.predictions()[c] = value;
        out[n] = (short) value;
        long mask = (short) value == 0 ? 0 : 1;
        n += (int) mask;
        int k = 0;
        while (k < 63) {
            cursor.refill();
            for (int i = 0; i < 2 && k < 63; i++) {
                int entry = symbols[cursor.peek(FastTables.SYMBOL_BITS)];
                if (entry == 0) {
                    entry = PlainBlocks.acSymbol(cursor.word(), work.plain().ac(c));
                }
                k += entry >> 10;
                int size = entry >> 6 & 15;
                int coefficient = BitCursor.value(cursor.word(), entry);
                cursor.skip(entry);
                if (k > 63) {
                    PlainBlocks.checkEnd(k);
                    break;
                }
                out[n] = (short) coefficient;
                n += size == 0 ? 0 : 1;
                mask |= (size == 0 ? 0L : 1L) << k;
            }
        }
        used = n;
        shared.set(cursor);
        return mask;
    }
}
