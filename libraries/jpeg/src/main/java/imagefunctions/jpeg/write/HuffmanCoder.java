package imagefunctions.jpeg.write;

import imagefunctions.jpeg.entropy.BitWriter;
import imagefunctions.jpeg.entropy.HuffmanLookup;
import imagefunctions.jpeg.format.CoefficientRange;
import imagefunctions.jpeg.format.HuffmanTable;
import imagefunctions.jpeg.samples.BlockRow;
import imagefunctions.jpeg.samples.BlockRows;

/** Codes blocks of coefficients with a pair of Huffman tables (ITU-T T.81, F.1.2). */
public final class HuffmanCoder implements BlockCoder {
    private final BlockRows rows;
    private final BlockRow[] ready;
    private final HuffmanTable dcTable;
    private final HuffmanTable acTable;
    private final int[] codes;
    private final int[] coded;
    private final int zeros;

    /** Codes blocks, given the block rows of an MCU. */
    public HuffmanCoder(BlockRows rows, int rowsInMcu, HuffmanTable dcTable, HuffmanTable acTable) {
        this.rows = rows;
        this.ready = new BlockRow[rowsInMcu];
        for (int i = 0; i < rowsInMcu; i++) {
            ready[i] = rows.row();
        }
        this.dcTable = dcTable;
        this.acTable = acTable;
        this.codes = acTable.packedCodes();
        this.coded = HuffmanLookup.of(acTable).coded();
        this.zeros = codes[0xF0];
    }

    @Override
    public int widthInBlocks() {
        return rows.widthInBlocks();
    }

    @Override
    public int heightInBlocks() {
        return rows.heightInBlocks();
    }

    @Override
    public int[] steps() {
        return rows.steps();
    }

    @Override
    public HuffmanTable dcTable() {
        return dcTable;
    }

    @Override
    public HuffmanTable acTable() {
        return acTable;
    }

    @Override
    public void prepare(int y, int count) {
        for (int i = y; i < Math.min(y + count, heightInBlocks()); i++) {
            rows.read(i, ready[i % ready.length]);
        }
    }

    @Override
    public int dc(int x, int y) {
        return dc(ready[y % ready.length], x);
    }

    static int dc(BlockRow row, int x) {
        return Math.clamp(row.value(x, 0), CoefficientRange.MIN_DC, CoefficientRange.MAX_DC);
    }

    /** Codes a block's AC coefficients (F.1.2.2), two at a time where neither follows a run of more than 15 zeros. */
    @Override
    public void code(int x, int y, long dc, int bits, BitWriter shared) {
        BlockRow row = ready[y % ready.length];
        BitWriter writer = new BitWriter(shared);
        int[] values = row.values();
        int[] positions = row.positions();
        int base = row.base(x);
        writer.put(dc, bits);
        int last = 0;
        long left = row.mask(x) & ~1L;
        while (left != 0) {
            int k = Long.numberOfTrailingZeros(left);
            int run = k - last - 1;
            int first;
            if (run > 15) {
                last += 16;
                first = zeros;
            } else {
                first = code(run, values[positions[k] + base]);
                last = k;
                left &= left - 1;
                int next = Long.numberOfTrailingZeros(left);
                if (left != 0 && next - last <= 16) {
                    int second = code(next - last - 1, values[positions[next] + base]);
                    last = next;
                    left &= left - 1;
                    writer.putNumber(
                            (long) (first >>> 5) << (second & 31) | second >>> 5, (first & 31) + (second & 31));
                    continue;
                }
            }
            writer.putNumber(first >>> 5, first & 31);
        }
        int end = last < 63 ? codes[0] : 0;
        writer.put((long) (end >>> 5) << 1 << (63 - (end & 31)), end & 31);
        shared.set(writer);
    }

    /** The code and value bits of a coefficient after 0 to 15 zeros, times 32, plus the number of these bits. */
    private int code(int run, int value) {
        int index = value + HuffmanLookup.CODED;
        if ((index & -2 * HuffmanLookup.CODED) == 0) {
            return coded[run * 2 * HuffmanLookup.CODED + index];
        }
        int sign = value >> 31;
        int magnitude = Math.min((value ^ sign) - sign, CoefficientRange.MAX_AC);
        int size = 32 - Integer.numberOfLeadingZeros(magnitude);
        int code = codes[run << 4 | size];
        return ((code >>> 5) << size | ((magnitude ^ sign) & (1 << size) - 1)) << 5 | (code & 31) + size;
    }
}
