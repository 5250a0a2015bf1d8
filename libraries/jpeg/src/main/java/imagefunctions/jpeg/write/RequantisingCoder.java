package imagefunctions.jpeg.write;

import imagefunctions.jpeg.blocks.Requantisation;
import imagefunctions.jpeg.entropy.BitWriter;
import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.CoefficientRange;
import imagefunctions.jpeg.format.HuffmanTable;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.scan.Block;
import imagefunctions.jpeg.scan.BlockSource;

/**
 * The fast path that codes blocks as they are read, flipped and requantised: nothing that does not transpose changes the
 * order of coefficients.
 *
 * <p>Invariant: the bits are those that {@link HuffmanCoder} would write of {@code TransformedRows}, as tests ensure.
 */
public final class RequantisingCoder implements BlockCoder {
    private final BlockSource source;
    private final FlippedOrder order;
    private final int[] steps;
    private final long[] factors;
    private final HuffmanTable dcTable;
    private final HuffmanTable acTable;
    private final AcCodes codes;
    private final Block block = new Block();

    /** Codes blocks with these steps, after a transform without transposition. */
    public RequantisingCoder(
            BlockSource source, Transform transform, int[] steps, HuffmanTable dcTable, HuffmanTable acTable) {
        this.source = source;
        this.order = new FlippedOrder(source, transform);
        this.steps = steps;
        this.factors = Requantisation.factors(source.steps(), steps, transform);
        this.dcTable = dcTable;
        this.acTable = acTable;
        this.codes = new AcCodes(acTable);
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
        return steps;
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
    public void prepare(int y, int rows) {
        // Blocks are read one by one.
    }

    @Override
    public int dc(int x, int y) {
        source.read(order.x(x), order.y(y), 63, block);
        int first = block.coefficients()[block.start()];
        return Math.clamp(Requantisation.value(first, factors[0]), CoefficientRange.MIN_DC, CoefficientRange.MAX_DC);
    }

    @Override
    public void code(long dc, int bits, BitWriter shared) {
        BitWriter writer = new BitWriter(shared);
        int[] read = block.coefficients();
        int end = block.end();
        writer.put(dc, bits);
        int last = 0;
        int i = block.start() + 1;
        while (i < end) {
            int k = Coefficient.index(read[i]);
            int value = Requantisation.value(read[i], factors[k]);
            if (value == 0) {
                i++;
                continue;
            }
            int run = k - last - 1;
            int code;
            if (run > AcCodes.LONGEST_RUN) {
                code = codes.zeros();
                last += AcCodes.LONGEST_RUN + 1;
            } else {
                code = codes.of(run, value);
                last = k;
                i++;
            }
            writer.putNumber(code >>> 5, code & 31);
        }
        int ended = codes.end(last);
        writer.put((long) (ended >>> 5) << 1 << (63 - (ended & 31)), ended & 31);
        shared.set(writer);
    }
}
