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
    public void code(int x, int y, long dc, int bits, BitSink sink) {
        BlockRow row = ready[y % ready.length];
        sink.put(dc, bits);
        if (hasLongRun(row.mask(x))) {
            codeAny(row.mask(x), row.values(x), sink);
        } else {
            codeShortRuns(row.mask(x), row.values(x), sink);
        }
    }

    /** Whether more than 15 zeros come before one of the AC coefficients. */
    private static boolean hasLongRun(long mask) {
        long near = mask | 1;
        near |= near << 1;
        near |= near << 2;
        near |= near << 4;
        near |= near << 8;
        return (mask & ~(near << 1 | 1)) != 0;
    }

    /** Codes a block's AC coefficients (F.1.2.2). */
    private void codeAny(long mask, short[] values, BitSink sink) {
        int n = (int) (mask & 1);
        int last = 0;
        for (long left = mask & ~1L; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            for (int run = k - last - 1; run > 15; run -= 16) {
                sink.putNumber(codes[0xF0] >>> 5, codes[0xF0] & 31);
            }
            sink.put(symbol(k - last - 1 & 15, values[n]), symbolBits(k - last - 1 & 15, values[n]));
            n++;
            last = k;
        }
        if (last < 63) {
            sink.putNumber(codes[0] >>> 5, codes[0] & 31);
        }
    }

    /** The fast twin for blocks without long runs, which nearly all are: no call but those that become part of it. */
    private void codeShortRuns(long mask, short[] values, BitSink shared) {
        BitSink sink = new BitSink(shared);
        int n = (int) (mask & 1);
        int last = 0;
        for (long left = mask & ~1L; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            int value = values[n++];
            int sign = value >> 31;
            int magnitude = Math.min((value ^ sign) - sign, CoefficientRange.MAX_AC);
            int size = 32 - Integer.numberOfLeadingZeros(magnitude);
            int code = codes[(k - last - 1) << 4 | size];
            int count = (code & 31) + size;
            long number = (long) (code >>> 5) << size | ((magnitude ^ sign) & (1 << size) - 1);
            sink.put(number << (64 - count), count);
            last = k;
        }
        int end = last < 63 ? codes[0] : 0;
        sink.put((long) (end >>> 5) << 1 << (63 - (end & 31)), end & 31);
        shared.set(sink);
    }

    private long symbol(int run, int value) {
        int magnitude = Math.min(Math.abs(value), CoefficientRange.MAX_AC);
        int size = 32 - Integer.numberOfLeadingZeros(magnitude);
        int code = codes[run << 4 | size] >>> 5;
        int low = value < 0 ? (1 << size) - 1 - magnitude : magnitude;
        return ((long) code << size | low) << (64 - symbolBits(run, value));
    }

    private int symbolBits(int run, int value) {
        int size = 32 - Integer.numberOfLeadingZeros(Math.min(Math.abs(value), CoefficientRange.MAX_AC));
        return (codes[run << 4 | size] & 31) + size;
    }
}
