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
    private static final int INDEX_BITS = 6;

    private final BlockSource source;
    private final Transform transform;
    private final int[] steps;

    /** A ratio of steps beyond which every coefficient is beyond its range. */
    private static final long MOST = (CoefficientRange.MAX_AC + 2L) << SHIFT;

    /** By the source's zig-zag index: the factor, and below it six bits of the target index. */
    private final long[] factors = new long[64];

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
            long ratio = Math.min(ratio(from[k], steps[to]), MOST);
            factors[k] = ((transform.negated() >>> to & 1) == 0 ? ratio : -ratio) << INDEX_BITS | to;
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

    /** Rounds to the nearest, and halves away from zero. */
    private long change(int[] values, int base) {
        int[] read = block.coefficients();
        int end = block.end();
        long kept = 0;
        for (int i = block.start(); i < end; i++) {
            long factor = factors[Coefficient.index(read[i])];
            int to = (int) factor & 63;
            long product = Coefficient.value(read[i]) * (factor >> INDEX_BITS);
            int value = (int) ((product + HALF + (product >> 63)) >> SHIFT);
            values[base + to] = value;
            kept |= (long) ((value | -value) >>> 31) << to;
        }
        return kept;
    }
}
