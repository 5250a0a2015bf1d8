package imagefunctions.jpeg.blocks;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.format.Zigzag;
import imagefunctions.jpeg.samples.BatchHalving;
import imagefunctions.jpeg.samples.BlockRow;
import imagefunctions.jpeg.samples.BlockRows;
import imagefunctions.jpeg.samples.PlanarLayout;
import imagefunctions.jpeg.samples.PlanarQuantiser;
import imagefunctions.jpeg.scan.Block;
import imagefunctions.jpeg.scan.BlockSource;
import java.util.Arrays;

/**
 * A component's blocks at half their size across, down or both, flipped or as they were, and requantised: it makes 4:2:0 of
 * 4:2:2, 4:4:0 and 4:4:4. Two blocks become one ({@link BatchHalving}) without leaving the DCT domain.
 *
 * <p>The last one of an odd number of blocks is continued by its mirror image.
 */
public final class HalvedRows implements BlockRows {
    private static final int HALF = 4;

    private final BlockSource source;
    private final Transform transform;
    private final boolean across;
    private final boolean down;
    private final int[] steps;
    private final int widthInBlocks;
    private final PlanarLayout rows;
    private final PlanarLayout columns;
    private final Side left;
    private final Side right;
    private final Side mirrored;
    private final float[] read;
    private final PlanarQuantiser quantiser;
    private final float[][] lines;
    private final float[][] turned;
    private final Block block = new Block();

    /** What becomes of the coefficients of a block that is one side of a halved one. */
    private final class Side {
        /** By zig-zag index: where coefficients are read to; behind everything if they are not wanted. */
        private final int[] positions = new int[64];

        private final float[] factors = new float[64];

        /** Halved down, lines are rows of coefficients, and else columns: first of the left blocks, then of the right ones. */
        Side(int from, boolean mirrored) {
            for (int k = 0; k < 64; k++) {
                int row = Zigzag.natural(k) >> 3;
                int column = Zigzag.natural(k) & 7;
                int line = down ? row : from + column;
                int run = down ? from + column : row;
                boolean wanted = (!across || column < HALF) && (!down || row < HALF);
                positions[k] = wanted ? line * rows.length() + run * widthInBlocks : 8 * rows.length();
                boolean negated = (transform.negated() >>> k & 1) != 0 ^ (mirrored && (column & 1) != 0);
                factors[k] = negated ? -source.steps()[k] : source.steps()[k];
            }
        }

        void put(int lane) {
            int[] coefficients = block.coefficients();
            int end = block.end();
            for (int i = block.start(); i < end; i++) {
                int k = Coefficient.index(coefficients[i]);
                read[positions[k] + lane] = Coefficient.value(coefficients[i]) * factors[k];
            }
        }
    }

    /**
     * A component halved.
     *
     * @param source blocks without padding, which would be seen in the samples beside it
     * @param transform a transform without transposition
     */
    public HalvedRows(BlockSource source, Transform transform, boolean across, boolean down, int[] steps) {
        this.source = source;
        this.transform = transform;
        this.across = across;
        this.down = down;
        this.steps = steps;
        this.widthInBlocks = across ? Math.ceilDiv(source.widthInBlocks(), 2) : source.widthInBlocks();
        this.rows = new PlanarLayout(widthInBlocks, true);
        this.columns = new PlanarLayout(widthInBlocks, false);
        this.left = new Side(0, false);
        this.right = new Side(HALF, false);
        this.mirrored = new Side(HALF, true);
        this.read = new float[8 * rows.length() + widthInBlocks];
        this.quantiser =
                new PlanarQuantiser(layout(), steps, (across ? BatchHalving.GAIN : 1) * (down ? BatchHalving.GAIN : 1));
        this.lines = rows.make();
        this.turned = across && down ? columns.make() : new float[0][];
    }

    private PlanarLayout layout() {
        return across ? columns : rows;
    }

    @Override
    public int widthInBlocks() {
        return widthInBlocks;
    }

    @Override
    public int heightInBlocks() {
        return down ? Math.ceilDiv(source.heightInBlocks(), 2) : source.heightInBlocks();
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public BlockRow row() {
        return BlockRow.ofPlanar(layout(), 0, widthInBlocks);
    }

    @Override
    public void read(int y, BlockRow into) {
        if (!down) {
            fill(y, 0, 8);
            BatchHalving.lines(lines);
            quantiser.quantise(lines, widthInBlocks, into, 0);
            return;
        }
        fill(2 * y, 0, HALF);
        if (2 * y + 1 < source.heightInBlocks()) {
            fill(2 * y + 1, HALF, HALF);
        } else {
            mirrorDown();
        }
        BatchHalving.lines(lines);
        if (across) {
            rows.transpose(lines, turned);
            BatchHalving.lines(turned);
        }
        quantiser.quantise(across ? turned : lines, widthInBlocks, into, 0);
    }

    /** Reads a row of blocks to a number of lines. */
    private void fill(int y, int first, int count) {
        Arrays.fill(read, 0);
        int width = source.widthInBlocks();
        int alongY = transform.mirrorsY() ? source.heightInBlocks() - 1 - y : y;
        for (int x = 0; x < width; x++) {
            source.read(transform.mirrorsX() ? width - 1 - x : x, alongY, 63, block);
            if (across) {
                (x % 2 == 0 ? left : right).put(x / 2);
            } else {
                left.put(x);
            }
        }
        if (across && width % 2 != 0) {
            mirrored.put(width / 2);
        }
        for (int i = 0; i < count; i++) {
            System.arraycopy(read, i * rows.length(), lines[first + i], 0, rows.length());
        }
    }

    private void mirrorDown() {
        for (int row = 0; row < HALF; row++) {
            int sign = row % 2 == 0 ? 1 : -1;
            for (int i = 0; i < rows.length(); i++) {
                lines[HALF + row][i] = sign * lines[row][i];
            }
        }
    }
}
