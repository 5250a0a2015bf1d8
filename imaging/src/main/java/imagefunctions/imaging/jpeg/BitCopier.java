package imagefunctions.imaging.jpeg;

/**
 * The fast path that copies a block's AC codes bit for bit, with the signs of some coefficients changed on the way.
 *
 * <p>Invariant: a negative value is coded as the complement of its magnitude's bits (ITU-T T.81, F.1.2.1), so that the
 * bits copied, exclusive-or ones where a value's sign changes, are what {@link HuffmanCoder} would write with the same
 * AC table. Its twin in every respect, which the tests hold it to.
 */
final class BitCopier implements BlockCoder {
    private final SequentialBlocks source;
    private final Turn turn;
    private final long negated;
    private final HuffmanTable dcTable;
    private final long[] pairs;

    /** Copies the blocks under a turn that does not transpose. */
    BitCopier(SequentialBlocks source, Turn turn, HuffmanTable dcTable) {
        this.source = source;
        this.turn = turn;
        this.negated = turn.negated();
        this.dcTable = dcTable;
        this.pairs = source.acTable().fast().pairs();
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
        if (negated == 0 && end > 0) {
            copy(at, end, dc, bits, sink);
        } else {
            flip(at, dc, bits, sink);
        }
    }

    private void copy(int from, int end, long dc, int bits, BitSink shared) {
        BitSink sink = new BitSink(shared);
        byte[] data = source.data();
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

    /** Two entries at a time, of which the second is emptied, not branched around, where the first ends the block. */
    private void flip(int from, long dc, int bits, BitSink shared) {
        BitSink sink = new BitSink(shared);
        byte[] data = source.data();
        sink.put(dc, bits);
        int at = from;
        int k = 1;
        while (k < 64) {
            long word = Bytes.getLong(data, at >>> 3) << (at & 7);
            long first = pairs[(int) (word >>> (64 - FastTables.SYMBOL_BITS))];
            int reached = k + FastTables.pairAdvance(first);
            int count = (int) first & 63;
            long signs;
            if ((reached & FastTables.OVERRUN) != 0) {
                int symbol = PlainBlocks.acSymbol(word, source.acTable());
                count = symbol & 63;
                k += symbol >> 10;
                PlainBlocks.checkEnd(k - 1);
                signs = ((1L << (symbol >> 6 & 15)) - 1) << (64 - count) & -(negated >>> (k - 1) & 1);
            } else {
                long second = pairs[(int) (word << first >>> (64 - FastTables.SYMBOL_BITS))] & ((reached - 64) >> 31);
                second = ((reached + FastTables.pairAdvance(second)) & FastTables.OVERRUN) != 0 ? 0 : second;
                signs = signs(first, k) | (signs(second, reached) >>> count);
                count += (int) second & 63;
                k = reached + FastTables.pairAdvance(second);
            }
            sink.put((word ^ signs) & ~(-1L >>> count), count);
            at += count;
        }
        shared.set(sink);
    }

    /** The value bits of an entry that change, in a block of which k coefficients have been read. */
    private long signs(long entry, int k) {
        long from = negated >>> (k - 1);
        return (FastTables.firstBits(entry) & -(from >>> FastTables.firstAdvance(entry) & 1))
                | (FastTables.secondBits(entry) & -(from >>> FastTables.pairAdvance(entry) & 1));
    }
}
