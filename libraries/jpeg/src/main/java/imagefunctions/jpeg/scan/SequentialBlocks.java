package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.BitReader;
import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.entropy.DecodingTable;
import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.HuffmanLookup;
import imagefunctions.jpeg.entropy.SkipTable;
import imagefunctions.jpeg.format.Bytes;
import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.Frame;
import imagefunctions.jpeg.format.HuffmanTable;
import java.util.List;

/**
 * A component's blocks in the coded data of a sequential scan: the position of each is known, and its DC coefficient.
 */
public final class SequentialBlocks implements BlockSource {
    /** Blocks whose DC coefficients take long to sum up beside starting a thread. */
    private static final int BLOCKS_OF_A_CORE = 50_000;

    private final Component plane;
    private final int[] steps;
    private final EntropyData data;
    private final BlockIndex index;
    private final CodedOrder order;
    private final int[] offsets;
    private final McuLayout layout;
    private final int component;
    private final int first;
    private final HuffmanLookup dcLookup;
    private final HuffmanLookup acLookup;
    private final int[] dcSymbols;
    private final int[] symbols;
    private final short[] dc;
    private final int paddedWidthInBlocks;
    private final int interval;

    /** Blocks whose DC differences are still to be summed up. */
    SequentialBlocks(
            Frame frame,
            int component,
            int[] steps,
            EntropyData data,
            BlockIndex index,
            McuLayout layout,
            ScanTables huffman,
            int restartInterval) {
        this.plane = frame.components().get(component);
        this.component = component;
        this.steps = steps;
        this.data = data;
        this.index = index;
        this.offsets = index.starts();
        this.layout = layout;
        this.first = layout.first(component);
        this.order = new CodedOrder(plane, component, layout);
        this.dcLookup = huffman.dc(component);
        this.acLookup = huffman.ac(component);
        this.dcSymbols = dcLookup.dcSymbols();
        this.symbols = acLookup.symbols();
        this.paddedWidthInBlocks = plane.paddedWidthInBlocks();
        this.dc = new short[plane.paddedBlocks()];
        this.interval = restartInterval;
    }

    /** Sums up the DC differences of components of a scan. */
    static void sumUp(List<SequentialBlocks> components, Cores cores) {
        McuLayout layout = components.getFirst().layout;
        int rows = layout.heightInMcus();
        int most = components.getFirst().interval > 0 ? 1 : rows;
        int parts = Math.min(most, cores.parts(layout.count(), BLOCKS_OF_A_CORE));
        int[][] sums = new int[components.size()][parts + 1];
        cores.bands(parts, rows, (band, from, end) -> {
            for (int i = 0; i < sums.length; i++) {
                sums[i][band + 1] = components.get(i).sumUp(from, end);
            }
        });
        Cores.ONE.bands(parts, rows, (band, from, end) -> {
            for (int i = 0; i < sums.length && band > 0; i++) {
                sums[i][band + 1] += sums[i][band];
                components.get(i).add(sums[i][band], from, end);
            }
        });
    }

    /** Adds to the DC coefficients of some MCU rows. */
    private void add(int sum, int fromRow, int endRow) {
        int inRow = layout.stepDown()[component] * paddedWidthInBlocks;
        for (int i = fromRow * inRow; i < endRow * inRow; i++) {
            dc[i] += (short) sum;
        }
    }

    /**
     * Sums up the differences in some MCU rows (ITU-T T.81, F.2.1.3.1), which begin at zero in each restart interval;
     * the last sum.
     */
    private int sumUp(int fromRow, int endRow) {
        int across = layout.stepAcross()[component];
        int down = layout.stepDown()[component];
        int[] coded = new int[across * down];
        for (int i = 0; i < coded.length; i++) {
            coded[i] = i / across * plane.paddedWidthInBlocks() + i % across;
        }
        byte[] bytes = data.data();
        short[] differences = dcLookup.differences();
        int prediction = 0;
        int left = interval == 0 ? Integer.MAX_VALUE : interval;
        int mcu = first + fromRow * layout.widthInMcus() * layout.blocks();
        for (int row = fromRow; row < endRow; row++) {
            int position = row * down * plane.paddedWidthInBlocks();
            for (int column = 0; column < layout.widthInMcus(); column++) {
                if (left-- == 0) {
                    prediction = 0;
                    left = interval - 1;
                }
                for (int i = 0; i < coded.length; i++) {
                    int bit = offsets[mcu + i];
                    long word = Bytes.getLong(bytes, bit >>> 3) << (bit & 7);
                    int difference = differences[(int) (word >>> (64 - SkipTable.BITS))];
                    prediction +=
                            difference != HuffmanLookup.LONGER ? difference : BitReader.value(word, dcSymbol(word));
                    dc[position + coded[i]] = (short) prediction;
                }
                mcu += layout.blocks();
                position += across;
            }
        }
        return prediction;
    }

    private int dcSymbol(long word) {
        int known = dcSymbols[(int) (word >>> (64 - HuffmanLookup.SYMBOL_BITS))];
        return known != 0 ? known : SlowPath.dcSymbol(word, dcLookup.table());
    }

    /** The DC coefficient of the last block that is coded before an MCU row, which may be padding, or 0. */
    int dcBefore(int row) {
        int x = layout.widthInMcus() * layout.stepAcross()[component] - 1;
        return row == 0 ? 0 : dc(x, row * layout.stepDown()[component] - 1);
    }

    /** The block's position in coded order. */
    public int position(int x, int y) {
        return order.position(x, y);
    }

    /** The bit at which the AC codes of the block at a position in coded order begin. */
    public int acStart(int position) {
        int bit = offsets[position];
        long word = Bytes.getLong(data.data(), bit >>> 3) << (bit & 7);
        return bit + (dcSymbol(word) & 63);
    }

    /** The bit after that block. */
    public int end(int position) {
        return index.end(position);
    }

    /** The scan's data, with signs flipped where asked for. */
    public byte[] flipped() {
        return index.bytes();
    }

    public HuffmanTable dcTable() {
        return dcLookup.table();
    }

    public HuffmanTable acTable() {
        return acLookup.table();
    }

    @Override
    public int widthInBlocks() {
        return plane.widthInBlocks();
    }

    @Override
    public int heightInBlocks() {
        return plane.heightInBlocks();
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public int dc(int x, int y) {
        return dc[y * paddedWidthInBlocks + x];
    }

    @Override
    public void read(int x, int y, int limit, Block block) {
        int[] into = block.own();
        into[0] = Coefficient.of(0, dc(x, y));
        int n = 1;
        BitReader reader = new BitReader();
        reader.seekBit(data.data(), acStart(position(x, y)));
        int k = 0;
        while (k < limit) {
            reader.refill();
            for (int i = 0; i < 2 && k < limit; i++) {
                int entry = symbols[reader.peek(HuffmanLookup.SYMBOL_BITS)];
                if (entry == 0) {
                    entry = SlowPath.acSymbol(reader.word(), acLookup.table());
                }
                k += entry >> 10;
                if (k > limit) {
                    block.filled(n);
                    return;
                }
                into[n] = Coefficient.of(k, BitReader.value(reader.word(), entry));
                reader.skip(entry);
                n += -(entry & 15 << 6) >>> 31;
            }
        }
        block.filled(n);
    }

    /** By tables of up to two coefficients. What they give beyond those wanted goes where nothing is read. */
    @Override
    public void read(int y, LowestCoefficients into) {
        into.clear();
        int row = y * paddedWidthInBlocks;
        for (int x = 0; x < plane.widthInBlocks(); x++) {
            into.values()[x * into.size()] = dc[row + x] * into.factors()[0];
        }
        if (into.limit() > 0) {
            readAc(y, into);
        }
    }

    private void readAc(int y, LowestCoefficients into) {
        float[] values = into.values();
        int[] positions = into.positions();
        float[] factors = into.factors();
        int end = (into.limit() + 1) * DecodingTable.ONE_PASSED;
        byte[] bytes = data.data();
        long[] table = acLookup.decode(0);
        for (int x = 0; x < plane.widthInBlocks(); x++) {
            int at = x * into.size();
            int bit = offsets[position(x, y)];
            long word = Bytes.getLong(bytes, bit >>> 3) << (bit & 7);
            int start = dcSymbol(word) & SkipTable.TAKEN;
            word <<= start;
            bit += start;
            int sum = DecodingTable.ONE_PASSED;
            int left = 2;
            while (true) {
                long entry = table[(int) (word >>> (64 - SkipTable.BITS))];
                int low = (int) entry;
                int passed = sum + (low & (DecodingTable.PASSED | DecodingTable.OVERRUN));
                if ((passed & DecodingTable.OVERRUN) != 0) {
                    readAcBySymbols(x, bit, (sum >>> Coefficient.INDEX_AT) - 1, into);
                    break;
                }
                int first = DecodingTable.first(entry, sum);
                int last = DecodingTable.last(word, entry, passed);
                int k = first >>> Coefficient.INDEX_AT;
                values[at + positions[k]] = (short) first * factors[k];
                k = last >>> Coefficient.INDEX_AT;
                values[at + positions[k]] = (short) last * factors[k];
                bit += low & DecodingTable.TAKEN;
                if (passed >= end || (low >>> DecodingTable.ENDED_AT & 1) != 0) {
                    break;
                }
                sum = passed;
                word <<= low;
                if (--left == 0) {
                    word = Bytes.getLong(bytes, bit >>> 3) << (bit & 7);
                    left = SkipTable.PER_REFILL;
                }
            }
        }
    }

    /** Reads AC coefficients of a block from a bit on, after the one with an index. */
    private void readAcBySymbols(int x, int from, int index, LowestCoefficients into) {
        int bit = from;
        int k = index;
        while (k < into.limit()) {
            long word = Bytes.getLong(data.data(), bit >>> 3) << (bit & 7);
            int symbol = symbols[(int) (word >>> (64 - HuffmanLookup.SYMBOL_BITS))];
            if (symbol == 0) {
                symbol = SlowPath.acSymbol(word, acLookup.table());
            }
            k += symbol >> 10;
            if (k <= into.limit()) {
                into.set(x, Coefficient.of(k, BitReader.value(word, symbol)));
            }
            bit += symbol & SkipTable.TAKEN;
        }
    }
}
