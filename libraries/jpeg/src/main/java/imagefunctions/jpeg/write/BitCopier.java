package imagefunctions.jpeg.write;

import imagefunctions.jpeg.entropy.BitWriter;
import imagefunctions.jpeg.format.Bytes;
import imagefunctions.jpeg.format.CoefficientRange;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.HuffmanTable;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.scan.SequentialBlocks;

/**
 * The fast path that copies a block's AC codes bit by bit, after {@code FlippingCursor} has flipped their signs.
 *
 * <p>Invariant: the copied bits are those that {@link HuffmanCoder} would write with the same AC table, as tests
 * ensure.
 */
public final class BitCopier implements BlockCoder {
    private final SequentialBlocks source;
    private final HuffmanTable dcTable;
    private final FlippedOrder order;
    private int position;

    /** Copies blocks that were read for a transform without transposition: see {@link Transform#negated}. */
    public BitCopier(SequentialBlocks source, Transform transform, HuffmanTable dcTable) {
        this.source = source;
        this.dcTable = dcTable;
        this.order = new FlippedOrder(source, transform);
    }

    @Override
    public int widthInBlocks() {
        return source.widthInBlocks();
    }

    @Override
    public int heightInBlocks() {
        return source.heightInBlocks();
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
        // Blocks are copied from the scan.
    }

    @Override
    public int dc(int x, int y) {
        position = source.position(order.x(x), order.y(y));
        int value = source.dc(order.x(x), order.y(y));
        if (value < CoefficientRange.MIN_DC || value > CoefficientRange.MAX_DC) {
            throw new DamagedJpegException("A DC coefficient is beyond what 8 bits a sample can give.");
        }
        return value;
    }

    @Override
    public void code(long dc, int bits, BitWriter writer) {
        copy(source.acStart(position), source.end(position), dc, bits, writer);
    }

    private void copy(int from, int end, long dc, int bits, BitWriter shared) {
        BitWriter writer = new BitWriter(shared);
        byte[] data = source.flipped();
        int first = Math.min(end - from, 56 - bits);
        writer.put(dc | bitsAt(data, from, first) >>> bits, bits + first);
        int at = from + first;
        while (at < end) {
            int count = Math.min(end - at, 56);
            writer.put(bitsAt(data, at, count), count);
            at += count;
        }
        shared.set(writer);
    }

    /** The 0 to 56 bits at an offset, left-aligned, followed by zeros. */
    private static long bitsAt(byte[] data, int bit, int count) {
        long word = Bytes.getLong(data, bit >>> 3) << (bit & 7);
        return word & ~(-1L >>> count);
    }
}
