package imagefunctions.imaging.jpeg;

/** Codes blocks of coefficients with a pair of Huffman tables (ITU-T T.81, F.1.2). */
final class HuffmanCoder implements BlockCoder {
    private final BlockRows rows;
    private final BlockRow[] ready;
    private final HuffmanTable dcTable;
    private final HuffmanTable acTable;
    private final int[] codes;

    /** Codes blocks of which an MCU has so many rows. */
    HuffmanCoder(BlockRows rows, int rowsInMcu, HuffmanTable dcTable, HuffmanTable acTable) {
        this.rows = rows;
        this.ready = new BlockRow[rowsInMcu];
        for (int i = 0; i < rowsInMcu; i++) {
            ready[i] = new BlockRow(rows.wide());
        }
        this.dcTable = dcTable;
        this.acTable = acTable;
        this.codes = acTable.packedCodes();
    }

    @Override
    public int wide() {
        return rows.wide();
    }

    @Override
    public int high() {
        return rows.high();
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
        for (int i = y; i < Math.min(y + count, high()); i++) {
            rows.read(i, ready[i % ready.length]);
        }
    }

    @Override
    public int dc(int x, int y) {
        return dc(ready[y % ready.length], x);
    }

    static int dc(BlockRow row, int x) {
        int value = (row.mask(x) & 1) == 0 ? 0 : row.values(x)[0];
        return Math.clamp(value, CoefficientRange.MIN_DC, CoefficientRange.MAX_DC);
    }

    @Override
    public void code(int x, int y, long dc, int bits, BitSink shared) {
        BitSink sink = new BitSink(shared);
        sink.put(dc, bits);
        BlockRow row = ready[y % ready.length];
        long mask = row.mask(x);
        short[] values = row.values(x);
        int n = (int) (mask & 1);
        int last = 0;
        for (long left = mask & ~1L; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            int run = k - last - 1;
            last = k;
            while (run > 15) {
                sink.putNumber(codes[0xF0] >>> 5, codes[0xF0] & 31);
                run -= 16;
            }
            int value = values[n++];
            int sign = value >> 31;
            int magnitude = Math.min((value ^ sign) - sign, CoefficientRange.MAX_AC);
            int size = 32 - Integer.numberOfLeadingZeros(magnitude);
            int code = codes[run << 4 | size];
            long number = (long) (code >>> 5) << size | ((magnitude ^ sign) & (1 << size) - 1);
            sink.putNumber(number, (code & 31) + size);
        }
        if (last < 63) {
            sink.putNumber(codes[0] >>> 5, codes[0] & 31);
        }
        shared.set(sink);
    }
}
