package imagefunctions.imaging.jpeg;

import java.util.Arrays;

/**
 * Decodes all coefficients of a sequential scan in one pass, for edits that need every one of them: without an index of
 * the blocks, and without looking at any bit twice.
 *
 * <p>Invariant: what it finds is what {@link PlainBlocks} would find symbol by symbol. Only coefficients that are not zero
 * are kept, and DC in any case, one behind the other in the order of the scan; it is known where each block's begin. As in
 * {@link BlockChain}, whose state this is, nothing branches on the picture: every step stores what it may have found, and
 * counts on only if it has.
 *
 * <p>A decoder keeps its buffers from one file to the next.
 */
final class SequentialDecoder {
    /** Blocks between two looks at how much room there is. */
    private static final int TURN = McuTables.TURNS / 2;

    private static final int ROOM = (TURN + 2) * 64;

    private int[] coefficients = new int[ROOM];
    private int[] starts = new int[0];

    private int bit;
    private int state;
    private int block;
    private int used;

    /** Each {@link Coefficient} of all blocks decoded, and at least 64 numbers more. */
    int[] coefficients() {
        return coefficients;
    }

    /** Where the coefficients begin of the block at a place in coded order, and end of the one before it. */
    int start(int place) {
        return starts[place];
    }

    /**
     * Decodes a scan.
     *
     * @param wanted by component of the frame; what is not wanted is read over
     * @param interval MCUs between restarts, 0 for none
     */
    void decode(EntropyData data, McuPlan plan, PlainBlocks plain, boolean[] wanted, int interval) {
        int mcus = plan.wide() * plan.high();
        int blocks = plan.blocks();
        if (starts.length <= mcus * blocks) {
            starts = new int[mcus * blocks + 1];
        }
        McuTables tables = new McuTables(plan, plain, wanted);
        long[] entries = tables.decode();
        used = 0;
        int each = interval == 0 ? mcus : interval;
        for (int first = 0, segment = 0; first < mcus; first += each, segment++) {
            int end = Math.min(mcus, first + each);
            decode(data, segment, tables, entries, first * blocks, end * blocks);
            for (int c = 0; c < wanted.length; c++) {
                if (wanted[c]) {
                    int inMcu = plan.stepAcross()[c] * plan.stepDown()[c];
                    sumUp(first * blocks + plan.first(c), inMcu, end * blocks, blocks);
                }
            }
        }
    }

    private void decode(EntropyData data, int segment, McuTables tables, long[] entries, int first, int end) {
        bit = data.segmentStart(segment) << 3;
        state = 0;
        block = first;
        starts[first] = used;
        while (block < end) {
            if (bit >= data.limit()) {
                throw endsEarly();
            }
            if (coefficients.length - used < ROOM) {
                coefficients = Arrays.copyOf(coefficients, coefficients.length + (coefficients.length >> 1) + ROOM);
            }
            int base = block - (block - first) % tables.blocks();
            if (!run(data.data(), tables, entries, base, Math.min(end, block + TURN), data.limit())) {
                takePlainly(data.data(), tables, block - base);
            }
        }
        if (bit > data.segmentEnd(segment) << 3) {
            throw endsEarly();
        }
    }

    private static DamagedJpegException endsEarly() {
        return new DamagedJpegException("The entropy-coded data end too early.");
    }

    /** The hot loop: decodes up to a block; false if it has come to a symbol that no table covers. */
    private boolean run(byte[] data, McuTables tables, long[] entries, int base, int end, int limit) {
        int[] into = coefficients;
        int[] begins = starts;
        int at = bit;
        int sum = state;
        int current = block;
        int n = used;
        boolean covered = true;
        while (covered && current < end && at < limit) {
            long word = Bytes.getLong(data, at >>> 3) << (at & 7);
            long order = McuTables.begun(tables.order(current - base), sum & DecodingTable.PASSED);
            // A step ends one block at most.
            int steps = end - current < SkipTable.PER_REFILL ? 1 : SkipTable.PER_REFILL;
            for (int i = 0; i < steps; i++) {
                long entry = entries[(int) (word >>> (64 - SkipTable.BITS)) | ((int) order & McuTables.TABLE)];
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
                order >>>= low >>> DecodingTable.MOVE_AT;
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

    /** Takes one symbol as ITU-T T.81, F.2.2 describes it. */
    private void takePlainly(byte[] data, McuTables tables, int place) {
        long word = Bytes.getLong(data, bit >>> 3) << (bit & 7);
        int read = (state & DecodingTable.PASSED) / DecodingTable.ONE_PASSED;
        int symbol = read == 0
                ? PlainBlocks.dcSymbol(word, tables.plain().dc(tables.component(place)))
                : PlainBlocks.acSymbol(word, tables.plain().ac(tables.component(place)));
        int reached = read == 0 ? 1 : read + (symbol >> 10);
        PlainBlocks.checkEnd(reached - 1);
        if (tables.wanted(place) && (read == 0 || (symbol >> 6 & 15) > 0)) {
            coefficients[used++] = Coefficient.of(reached - 1, BitCursor.value(word, symbol));
        }
        bit += symbol & 63;
        state = reached * DecodingTable.ONE_PASSED;
        starts[block + 1] = used;
        if (reached >= 64) {
            block++;
            state = 0;
        }
    }

    /** Makes DC coefficients of a component's differences in a restart interval (F.2.1.3.1). */
    private void sumUp(int first, int blocks, int end, int step) {
        int prediction = 0;
        for (int mcu = first; mcu < end; mcu += step) {
            for (int place = mcu; place < mcu + blocks; place++) {
                int start = starts[place];
                prediction += Coefficient.value(coefficients[start]);
                coefficients[start] = Coefficient.of(0, prediction);
            }
        }
    }
}
