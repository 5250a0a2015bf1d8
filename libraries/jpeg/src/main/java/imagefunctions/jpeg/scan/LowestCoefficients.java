package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Zigzag;
import java.util.Arrays;

/**
 * The lowest coefficients of a row of blocks, as many rows and columns of each as asked for, dequantised: an eighth of
 * the coefficient times its step, so that DC is the block's mean.
 *
 * <p>The coefficients of a block are side by side, and blocks too: a line is one row of coefficients of all blocks.
 */
public final class LowestCoefficients {
    private final int size;
    private final int stride;
    private final int limit;
    private final float[] values;

    /** By zig-zag index: where the coefficient of the first block is; behind all lines if it is not wanted. */
    private final int[] positions = new int[64];

    private final float[] factors = new float[64];

    /**
     * Room for a row.
     *
     * @param size rows and columns of coefficients of each block, 1 to 8
     * @param steps the quantisation steps in zig-zag order
     */
    public LowestCoefficients(int widthInBlocks, int size, int[] steps) {
        this.size = size;
        this.stride = widthInBlocks * size;
        this.values = new float[(size + 1) * stride];
        int last = 0;
        for (int k = 0; k < 64; k++) {
            int row = Zigzag.natural(k) >> 3;
            int column = Zigzag.natural(k) & 7;
            boolean wanted = row < size && column < size;
            positions[k] = wanted ? row * stride + column : size * stride;
            factors[k] = steps[k] / 8f;
            last = wanted ? k : last;
        }
        this.limit = last;
    }

    /** The largest zig-zag index that is wanted. */
    int limit() {
        return limit;
    }

    int size() {
        return size;
    }

    float[] values() {
        return values;
    }

    int[] positions() {
        return positions;
    }

    float[] factors() {
        return factors;
    }

    void clear() {
        Arrays.fill(values, 0);
    }

    void set(int x, int coefficient) {
        int k = Coefficient.index(coefficient);
        values[positions[k] + x * size] = Coefficient.value(coefficient) * factors[k];
    }

    /** Copies as much of a line as there is room for. */
    public void copyLine(int row, float[] into) {
        System.arraycopy(values, row * stride, into, 0, into.length);
    }
}
