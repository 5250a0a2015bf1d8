package imagefunctions.imaging.jpeg;

/**
 * The fast path that copies a block's AC codes bit for bit, mirrored as {@link FlippingChain} has left them.
 *
 * <p>Invariant: the bits copied are what {@link HuffmanCoder} would write with the same AC table. Its twin in every
 * respect, which the tests hold it to.
 */
final class BitCopier implements BlockCoder {
    private final SequentialBlocks source;
    private final Turn turn;
    private final HuffmanTable dcTable;

    /** Copies the blocks under a turn that does not transpose, with which they were read: see {@link Turn#negated}. */
    BitCopier(SequentialBlocks source, Turn turn, HuffmanTable dcTable) {
        this.source = source;
        this.turn = turn;
        this.dcTable = dcTable;
    }

    @Override
    public int wide() {
        return source.wide();
    }

    @Override
    public int high() {
        return source.high();
    }

    @Override
    public int[] steps() {
        return source.steps();
    }

    @Override
    public HuffmanTable dcTable() {
        return dcTable;
    }

    @Override
    public HuffmanTable acTable() {
        return source.acTable();
    }

    @Override
    public void prepare(int y, int rows) {
        // Blocks are copied from where they are.
    }

    private int sourceY(int y) {
        return turn.mirrorsY() ? high() - 1 - y : y;
    }

    private int sourceX(int x) {
        return turn.mirrorsX() ? wide() - 1 - x : x;
    }

    @Override
    public int dc(int x, int y) {
        int value = source.dc(sourceX(x), sourceY(y));
        if (value < CoefficientRange.MIN_DC || value > CoefficientRange.MAX_DC) {
            throw new DamagedJpegException("A DC coefficient is beyond what 8 bits a sample can give.");
        }
        return value;
    }

    @Override
    public void code(int x, int y, long dc, int bits, BitSink sink) {
        int at = source.acStart(sourceX(x), sourceY(y));
        int end = source.end(sourceX(x), sourceY(y));
        copy(at, end, dc, bits, sink);
    }

    private void copy(int from, int end, long dc, int bits, BitSink shared) {
        BitSink sink = new BitSink(shared);
        byte[] data = source.flipped();
        int first = Math.min(end - from, 56 - bits);
        sink.put(dc | bitsAt(data, from, first) >>> bits, bits + first);
        int at = from + first;
        while (at < end) {
            int count = Math.min(end - at, 56);
            sink.put(bitsAt(data, at, count), count);
            at += count;
        }
        shared.set(sink);
    }

    /** The 0 to 56 bits that begin at an offset, followed by zeros. */
    private static long bitsAt(byte[] data, int bit, int count) {
        long word = Bytes.getLong(data, bit >>> 3) << (bit & 7);
        return word & ~(-1L >>> count);
    }
}
