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
            int to = transform.transposes() ? Zigzag.transposed(k) : k;
            long ratio = (((long) from[k] << SHIFT) + steps[to] / 2) / steps[to];
            indices[k] = to;
            ratios[k] = (transform.negated() >>> to & 1) == 0 ? ratio : -ratio;
        }
    }

    /** The source's steps, transposed if its blocks are. */
    public static int[] steps(BlockSource source, Transform transform) {
        int[] steps = new int[64];
        for (int k = 0; k < 64; k++) {
            steps[transform.transposes() ? Zigzag.transposed(k) : k] = source.steps()[k];
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
            int magnitude = (int)
                    Math.min(((product ^ sign) - sign + (1 << (SHIFT - 1))) >> SHIFT, CoefficientRange.MAX_AC + 1);
            values[base + indices[k]] = (int) ((magnitude ^ sign) - sign);
            kept |= (long) (-magnitude >>> 31) << indices[k];
        }
        return kept;
    }
}
