package imagefunctions.jpeg.blocks;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.samples.BlockRow;
import imagefunctions.jpeg.samples.BlockRows;
import imagefunctions.jpeg.scan.Block;
import imagefunctions.jpeg.scan.BlockSource;

/** The blocks of a component, flipped, transposed or rotated, and requantised ({@link Requantisation}). */
public final class TransformedRows implements BlockRows {
    private final BlockSource source;
    private final Transform transform;
    private final int[] steps;
    private final long[] factors;
    private final Block block = new Block();

    /** Blocks with the same steps. */
    public TransformedRows(BlockSource source, Transform transform) {
        this(source, transform, Requantisation.steps(source.steps(), transform));
    }

    public TransformedRows(BlockSource source, Transform transform, int[] steps) {
        this.source = source;
        this.transform = transform;
        this.steps = steps;
        this.factors = Requantisation.factors(source.steps(), steps, transform);
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
        int end = block.end();
        long kept = 0;
        for (int i = block.start(); i < end; i++) {
            long factor = factors[Coefficient.index(read[i])];
            int to = Requantisation.target(factor);
            int value = Requantisation.value(read[i], factor);
            values[base + to] = value;
            kept |= (long) ((value | -value) >>> 31) << to;
        }
        return kept;
    }
}
