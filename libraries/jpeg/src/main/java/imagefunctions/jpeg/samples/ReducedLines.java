package imagefunctions.jpeg.samples;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Zigzag;
import imagefunctions.jpeg.scan.Block;
import imagefunctions.jpeg.scan.BlockSource;
import java.util.Arrays;

/**
 * A component at 1/8, 1/4 or 1/2 of its size, from the lowest coefficients of each block, for a filter to resize.
 *
 * <p>Samples are neither rounded nor limited to 0 to 255. The filter's weights add up to one, so that a mean stays what
 * it was; if overshoot next to sharp edges were cut off before, text and line art would come out darker.
 */
public final class ReducedLines implements SampleLines {
    /** The largest zig-zag index among the lowest 1, 2 and 4 rows and columns of coefficients. */
    private static final int[] LIMITS = {0, 0, 4, 0, 24};

    private final BlockSource source;
    private final Component component;
    private final int size;
    private final int[] steps;
    private final float[] block = new float[64];
    private final Block read = new Block();
    private float[][] lines = new float[0][];
    private int row = -1;

    /**
     * A reader of a component.
     *
     * @param size width and height of a block in samples: 1, 2 or 4
     */
    public ReducedLines(BlockSource source, Component component, int size) {
        this.source = source;
        this.component = component;
        this.size = size;
        this.steps = source.steps();
    }

    @Override
    public int width() {
        return Math.ceilDiv(component.width() * size, 8);
    }

    @Override
    public int height() {
        return Math.ceilDiv(component.height() * size, 8);
    }

    @Override
    public float coveredWidth() {
        return component.coveredWidth() * size / 8;
    }

    @Override
    public float coveredHeight() {
        return component.coveredHeight() * size / 8;
    }

    @Override
    public float[] line(int y) {
        if (y / size != row) {
            row = y / size;
            lines = new float[size][source.widthInBlocks() * size];
            if (size == 1) {
                readDc();
            } else {
                readBlocks();
            }
        }
        return lines[y % size];
    }

    private void readDc() {
        float eighth = steps[0] / 8f;
        for (int x = 0; x < source.widthInBlocks(); x++) {
            lines[0][x] = source.dc(x, row) * eighth + 128;
        }
    }

    private void readBlocks() {
        for (int x = 0; x < source.widthInBlocks(); x++) {
            source.read(x, row, LIMITS[size], read);
            Arrays.fill(block, 0, size * 8, 0);
            for (int i = read.start(); i < read.end(); i++) {
                int coefficient = read.coefficients()[i];
                int k = Coefficient.index(coefficient);
                block[Zigzag.natural(k)] = Coefficient.value(coefficient) * steps[k];
            }
            if (size == 2) {
                SmallIdct.two(block, lines, x * 2);
            } else {
                SmallIdct.four(block, lines, x * 4);
            }
        }
    }
}
