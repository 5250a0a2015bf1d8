package imagefunctions.jpeg.samples;

import imagefunctions.jpeg.format.Zigzag;
import java.util.Arrays;

/**
 * The planar layout of number of blocks: their 64 values are in eight arrays, the lines, of eight runs each, and in a
 * run lane i belongs to block i. Either lines are rows of the blocks and runs are columns, or vice versa.
 *
 * <p>A transform along the lines ({@link BatchDct#lines}) then works on whole arrays, in long loops that the compiler
 * vectorises, on data that stay in the first-level cache.
 */
public final class PlanarLayout {
    private final int lanes;
    private final boolean rows;

    /** Line, and position in it, of each zig-zag index for lane 0. */
    private final int[] line = new int[64];

    private final int[] position = new int[64];

    /**
     * A layout.
     *
     * @param lanes blocks side by side
     * @param rows whether lines are rows of the blocks
     */
    public PlanarLayout(int lanes, boolean rows) {
        this.lanes = lanes;
        this.rows = rows;
        for (int k = 0; k < 64; k++) {
            int row = Zigzag.natural(k) >> 3;
            int column = Zigzag.natural(k) & 7;
            line[k] = rows ? row : column;
            position[k] = (rows ? column : row) * lanes;
        }
    }

    public int lanes() {
        return lanes;
    }

    /** Whether lines are rows of the blocks. */
    boolean rows() {
        return rows;
    }

    /** The number of values of a line. */
    public int length() {
        return 8 * lanes;
    }

    public float[][] make() {
        return new float[8][length()];
    }

    public static void clear(float[][] lines) {
        for (float[] each : lines) {
            Arrays.fill(each, 0);
        }
    }

    public int line(int k) {
        return line[k];
    }

    public int position(int k) {
        return position[k];
    }

    /** Swaps lines and runs. */
    public void transpose(float[][] from, float[][] to) {
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                System.arraycopy(from[i], j * lanes, to[j], i * lanes, lanes);
            }
        }
    }
}
