package imagefunctions.imaging.jpeg;

/** A component's blocks where a sequential scan has them: the place of each is known, and its DC coefficient. */
final class SequentialBlocks implements BlockSource {
    private final Component plane;
    private final int[] steps;
    private final EntropyData data;
    private final int[] offsets;
    private final McuPlan plan;
    private final int component;
    private final int interval;
    private final int first;
    private final HuffmanTable dcTable;
    private final HuffmanTable acTable;
    private final int[] differences;
    private final int[] symbols;
    private final short[] dc;

    SequentialBlocks(
            Frame frame,
            int component,
            int[] steps,
            EntropyData data,
            int[] offsets,
            McuPlan plan,
            PlainBlocks plain,
            int restartInterval) {
        this.plane = frame.components().get(component);
        this.component = component;
        this.interval = restartInterval * plan.blocks();
        this.steps = steps;
        this.data = data;
        this.offsets = offsets;
        this.plan = plan;
        this.first = plan.first(component);
        this.dcTable = plain.dc(component);
        this.acTable = plain.ac(component);
        this.differences = dcTable.fast().differences();
        this.symbols = acTable.fast().symbols();
        this.dc = new short[plane.paddedBlocks()];
        readDc(plain, restartInterval == 0 ? Integer.MAX_VALUE : restartInterval);
    }

    /** Sums up the differences (ITU-T T.81, F.2.1.3.1), which begin at zero in each restart interval. */
    private void readDc(PlainBlocks plain, int interval) {
        int across = plan.stepAcross()[component];
        int down = plan.stepDown()[component];
        int prediction = 0;
        int left = interval;
        for (int row = 0; row < plan.high(); row++) {
            for (int mcu = 0; mcu < plan.wide(); mcu++) {
                if (left-- == 0) {
                    prediction = 0;
                    left = interval - 1;
                }
                int at = (row * plan.wide() + mcu) * plan.blocks() + first;
                for (int v = 0; v < down; v++) {
                    for (int h = 0; h < across; h++) {
                        prediction += dcDifference(offsets[at++], plain);
                        dc[(row * down + v) * plane.paddedWide() + mcu * across + h] = (short) prediction;
                    }
                }
            }
        }
    }

    private int dcDifference(int bit, PlainBlocks plain) {
        long word = Bytes.getLong(data.data(), bit >>> 3) << (bit & 7);
        int entry = differences[(int) (word >>> (64 - FastTables.DC_BITS))];
        if (entry != 0) {
            return entry >> 6;
        }
        BitCursor cursor = new BitCursor();
        cursor.seekBit(data.data(), bit);
        return plain.dcDifference(cursor, component);
    }

    private int index(int x, int y) {
        int across = plan.stepAcross()[component];
        int down = plan.stepDown()[component];
        int mcu = y / down * plan.wide() + x / across;
        return mcu * plan.blocks() + first + y % down * across + x % across;
    }

    /** The bit at which the block's AC codes begin. */
    int acStart(int x, int y) {
        int bit = offsets[index(x, y)];
        long word = Bytes.getLong(data.data(), bit >>> 3) << (bit & 7);
        int entry = differences[(int) (word >>> (64 - FastTables.DC_BITS))];
        if (entry != 0) {
            return bit + (entry & 63);
        }
        int decoded = dcTable.decode(word);
        return bit + (decoded >> 8) + (decoded & 0xFF);
    }

    /** The bit behind the block, or 0 if it is not known: what follows is padded before a restart. */
    int end(int x, int y) {
        int next = index(x, y) + 1;
        return interval > 0 && next % interval == 0 ? 0 : offsets[next];
    }

    byte[] data() {
        return data.data();
    }

    HuffmanTable dcTable() {
        return dcTable;
    }

    HuffmanTable acTable() {
        return acTable;
    }

    @Override
    public int wide() {
        return plane.blocksWide();
    }

    @Override
    public int high() {
        return plane.blocksHigh();
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public int dc(int x, int y) {
        return dc[y * plane.paddedWide() + x];
    }

    @Override
    public long read(int x, int y, int limit, short[] values) {
        int value = dc(x, y);
        values[0] = (short) value;
        int n = value == 0 ? 0 : 1;
        long mask = n;
        BitCursor cursor = new BitCursor();
        cursor.seekBit(data.data(), acStart(x, y));
        int k = 0;
        while (k < limit) {
            cursor.refill();
            for (int i = 0; i < 2 && k < limit; i++) {
                int entry = symbols[cursor.peek(FastTables.SYMBOL_BITS)];
                if (entry == 0) {
                    entry = PlainBlocks.acSymbol(cursor.word(), acTable);
                }
                k += entry >> 10;
                if (k > limit) {
                    return mask;
                }
                int size = entry >> 6 & 15;
                int bits = cursor.peekBefore(entry & 63, size);
                cursor.skip(entry);
                values[n] = (short) BitCursor.extend(bits, size);
                n += size == 0 ? 0 : 1;
                mask |= (size == 0 ? 0L : 1L) << k;
            }
        }
        return mask;
    }
}
