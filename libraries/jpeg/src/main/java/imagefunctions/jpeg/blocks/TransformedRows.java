package imagefunctions.jpeg.blocks;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.CoefficientRange;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.format.Zigzag;
import imagefunctions.jpeg.samples.BlockRow;
import imagefunctions.jpeg.samples.BlockRows;
import imagefunctions.jpeg.scan.Block;
import imagefunctions.jpeg.scan.BlockSource;

/**
 * The blocks of a component, flipped, transposed or rotated, and requantised: nonzero coefficients are reordered and
 * multiplied by the ratio of the quantisation steps, negated where the transform negates them. With the same steps this
 * is lossless.
 */
public final class TransformedRows implements BlockRows {
    private static final int SHIFT = 16;
    private static final int HALF = 1 << (SHIFT - 1);

    private final BlockSource source;
    private final Transform transform;
    private final int[] steps;

    /** By the source's zig-zag index: the target index, and the factor. */
    private final int[] indices = new int[64];

    private final long[] ratios = new long[64];
    private final Block block = new Block();

    /** Blocks with the same steps. */
    public TransformedRows(BlockSource source, Transform transform) {
        this(source, transform, steps(source, transform));
    }

    public TransformedRows(BlockSource source, Transform transform, int[] steps) {
        this.source = source;
        this.transform = transform;
        this.steps = steps;
        int[] from = source.steps();
        for (int k = 0; k < 64; k++) {
            int to = target(k, transform);
            long ratio = ratio(from[k], steps[to]);
            indices[k] = to;
            ratios[k] = (transform.negated() >>> to & 1) == 0 ? ratio : -ratio;
        }
    }

    private static long ratio(int from, int to) {
        return (((long) from << SHIFT) + to / 2) / to;
    }

    /** The bits that AC values have at most if all of that length become zero by requantisation. */
    public static int vanishing(int[] from, int[] to, Transform transform) {
        long largest = 0;
        for (int k = 1; k < 64; k++) {
            largest = Math.max(largest, ratio(from[k], to[target(k, transform)]));
        }
        int bits = 0;
        while (bits < 16 && ((2L << bits) - 1) * largest < HALF) {
            bits++;
        }
        return bits;
    }

    private static int target(int k, Transform transform) {
        return transform.transposes() ? Zigzag.transposed(k) : k;
    }

    /** The source's steps, transposed if its blocks are. */
    public static int[] steps(BlockSource source, Transform transform) {
        int[] steps = new int[64];
        for (int k = 0; k < 64; k++) {
            steps[target(k, transform)] = source.steps()[k];
        }
        return steps;
    }

    @Override
    public int widthInBlocks() {
        return transform.transposes() ? source.heightInBlocks() : source.widthInBlocks();
    }

    @Override
    public int heightInBlocks() {
        return transform.transposes() ? source.widthInBlocks() : source.heightInBlocks();
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public BlockRow row() {
        return BlockRow.ofBlocks(widthInBlocks());
    }

    @Override
    public void read(int y, BlockRow into) {
        int alongY = transform.mirrorsY() ? heightInBlocks() - 1 - y : y;
        for (int x = 0; x < into.length(); x++) {
            int alongX = transform.mirrorsX() ? widthInBlocks() - 1 - x : x;
            if (transform.transposes()) {
                source.read(alongY, alongX, 63, block);
            } else {
                source.read(alongX, alongY, 63, block);
            }
            into.mask(x, change(into.values(), into.base(x)));
        }
    }

    private long change(int[] values, int base) {
        int[] read = block.coefficients();
        long kept = 0;
        for (int i = block.start(); i < block.end(); i++) {
            int k = Coefficient.index(read[i]);
            long product = Coefficient.value(read[i]) * ratios[k];
            long sign = product >> 63;
            int magnitude = (int) Math.min(((product ^ sign) - sign + HALF) >> SHIFT, CoefficientRange.MAX_AC + 1);
            values[base + indices[k]] = (int) ((magnitude ^ sign) - sign);
            kept |= (long) (-magnitude >>> 31) << indices[k];
        }
        return kept;
    }
}
