package imagefunctions.jpeg.write;

import imagefunctions.jpeg.entropy.BitWriter;
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
    private final AcCodes codes;

    /** The block gone to. */
    private BlockRow row;

    private int x;

    /** Codes blocks, given the block rows of an MCU. */
    public HuffmanCoder(BlockRows rows, int rowsInMcu, HuffmanTable dcTable, HuffmanTable acTable) {
        this.rows = rows;
        this.ready = new BlockRow[rowsInMcu];
        for (int i = 0; i < rowsInMcu; i++) {
            ready[i] = rows.row();
        }
        this.dcTable = dcTable;
        this.acTable = acTable;
        this.codes = new AcCodes(acTable);
        this.row = ready[0];
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
        this.row = ready[y % ready.length];
        this.x = x;
        return dc(row, x);
    }

    static int dc(BlockRow row, int x) {
        return Math.clamp(row.value(x, 0), CoefficientRange.MIN_DC, CoefficientRange.MAX_DC);
    }

    /** Codes a block's AC coefficients (F.1.2.2), two at a time where neither follows a run of more than 15 zeros. */
    @Override
    public void code(long dc, int bits, BitWriter shared) {
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
            if (run > AcCodes.LONGEST_RUN) {
                last += AcCodes.LONGEST_RUN + 1;
                first = codes.zeros();
            } else {
                first = codes.of(run, values[positions[k] + base]);
                last = k;
                left &= left - 1;
                int next = Long.numberOfTrailingZeros(left);
                run = next - last - 1;
                if (left != 0 && run <= AcCodes.LONGEST_RUN) {
                    int second = codes.of(run, values[positions[next] + base]);
                    last = next;
                    left &= left - 1;
                    writer.putNumber(
                            (long) (first >>> 5) << (second & 31) | second >>> 5, (first & 31) + (second & 31));
                    continue;
                }
            }
            writer.putNumber(first >>> 5, first & 31);
        }
        int end = codes.end(last);
        writer.put((long) (end >>> 5) << 1 << (63 - (end & 31)), end & 31);
        shared.set(writer);
    }
}
