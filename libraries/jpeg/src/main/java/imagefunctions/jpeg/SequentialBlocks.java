package imagefunctions.jpeg;

/** A component's blocks where a sequential scan has them: the place of each is known, and its DC coefficient. */
final class SequentialBlocks implements BlockSource {
    private final Component plane;
    private final int[] steps;
    private final EntropyData data;
    private final BlockIndex index;
    private final CodedOrder order;
    private final int[] offsets;
    private final McuPlan plan;
    private final int component;
    private final int first;
    private final HuffmanTable dcTable;
    private final HuffmanTable acTable;
    private final int[] dcSymbols;
    private final int[] symbols;
    private final short[] dc;
    private final int paddedWide;

    SequentialBlocks(
            Frame frame,
            int component,
            int[] steps,
            EntropyData data,
            BlockIndex index,
            McuPlan plan,
            PlainBlocks plain,
            int restartInterval) {
        this.plane = frame.components().get(component);
        this.component = component;
        this.steps = steps;
        this.data = data;
        this.index = index;
        this.offsets = index.starts();
        this.plan = plan;
        this.first = plan.first(component);
        this.order = new CodedOrder(plane, component, plan);
        this.dcTable = plain.dc(component);
        this.acTable = plain.ac(component);
        this.dcSymbols = dcTable.fast().dcSymbols();
        this.symbols = acTable.fast().symbols();
        this.paddedWide = plane.paddedWide();
        this.dc = new short[plane.paddedBlocks()];
        readDc(restartInterval == 0 ? Integer.MAX_VALUE : restartInterval);
    }

    /** Sums up the differences (ITU-T T.81, F.2.1.3.1), which begin at zero in each restart interval. */
    private void readDc(int interval) {
        int across = plan.stepAcross()[component];
        int down = plan.stepDown()[component];
        int[] coded = new int[across * down];
        for (int i = 0; i < coded.length; i++) {
            coded[i] = i / across * plane.paddedWide() + i % across;
        }
        byte[] bytes = data.data();
        short[] differences = dcTable.fast().differences();
        int prediction = 0;
        int left = interval;
        int mcu = first;
        for (int row = 0; row < plan.high(); row++) {
            int place = row * down * plane.paddedWide();
            for (int column = 0; column < plan.wide(); column++) {
                if (left-- == 0) {
                    prediction = 0;
                    left = interval - 1;
                }
                for (int i = 0; i < coded.length; i++) {
                    int bit = offsets[mcu + i];
                    long word = Bytes.getLong(bytes, bit >>> 3) << (bit & 7);
                    int difference = differences[(int) (word >>> (64 - SkipTable.BITS))];
                    prediction += difference != FastTables.LONGER ? difference : BitCursor.value(word, dcSymbol(word));
                    dc[place + coded[i]] = (short) prediction;
                }
                mcu += plan.blocks();
                place += across;
            }
        }
    }

    private int dcSymbol(long word) {
        int known = dcSymbols[(int) (word >>> (64 - FastTables.SYMBOL_BITS))];
        return known != 0 ? known : PlainBlocks.dcSymbol(word, dcTable);
    }

    /** The block's place in coded order. */
    int place(int x, int y) {
        return order.place(x, y);
    }

    /** The bit at which the AC codes begin of the block at a place in coded order. */
    int acStart(int place) {
        int bit = offsets[place];
        long word = Bytes.getLong(data.data(), bit >>> 3) << (bit & 7);
        return bit + (dcSymbol(word) & 63);
    }

    /** The bit behind that block. */
    int end(int place) {
        return index.end(place);
    }

    /** The scan's bytes, with the signs changed that were to be. */
    byte[] flipped() {
        return index.bytes();
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
        return dc[y * paddedWide + x];
    }

    @Override
    public void read(int x, int y, int limit, Block block) {
        int[] into = block.own();
        into[0] = Coefficient.of(0, dc(x, y));
        int n = 1;
        BitCursor cursor = new BitCursor();
        cursor.seekBit(data.data(), acStart(place(x, y)));
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
                    block.filled(n);
                    return;
                }
                into[n] = Coefficient.of(k, BitCursor.value(cursor.word(), entry));
                cursor.skip(entry);
                n += -(entry & 15 << 6) >>> 31;
            }
        }
        block.filled(n);
    }
}
