package imagefunctions.imaging.jpeg;

/**
 * Quantises the coefficients of a row of blocks that lie side by side in lanes (ITU-T T.81, A.3.4).
 *
 * <p>Invariant: as with {@link BatchDct}, loops over lanes do one small thing each, so that they become vector
 * instructions; which coefficients are zero is gathered the same way, and only the others are looked at one by one.
 */
final class LaneQuantiser {
    /** Makes every number positive before it is cut to an integer, with a half for rounding to the nearest. */
    private static final int BIAS = 4096;

    private final float[] factors = new float[64];
    private final int[][] quantised;
    private final int[] low;
    private final int[] high;

    /** For coefficients that are larger than T.81's by the gain; steps are in zig-zag order. */
    LaneQuantiser(int[] steps, float gain, int lanes) {
        for (int k = 0; k < 64; k++) {
            factors[k] = 1 / (gain * steps[k]);
        }
        quantised = new int[64][lanes];
        low = new int[lanes];
        high = new int[lanes];
    }

    /** Quantises lines[row * 8 + column][block] into a row of blocks. */
    void quantise(float[][] lines, BlockRow into) {
        int lanes = low.length;
        java.util.Arrays.fill(low, 0);
        java.util.Arrays.fill(high, 0);
        for (int k = 0; k < 64; k++) {
            divide(lines[Zigzag.NATURAL[k]], factors[k], quantised[k], lanes);
            clamp(quantised[k], k == 0 ? CoefficientRange.MIN_DC : -CoefficientRange.MAX_AC, lanes);
            note(quantised[k], k & 31, k < 32 ? low : high, lanes);
        }
        for (int lane = 0; lane < lanes; lane++) {
            long mask = (low[lane] & 0xFFFFFFFFL) | (long) high[lane] << 32;
            short[] values = into.values(lane);
            int n = 0;
            for (long left = mask; left != 0; left &= left - 1) {
                values[n++] = (short) quantised[Long.numberOfTrailingZeros(left)][lane];
            }
            into.mask(lane, mask);
        }
    }

    private static void divide(float[] line, float factor, int[] into, int lanes) {
        for (int i = 0; i < lanes; i++) {
            into[i] = (int) (line[i] * factor + (BIAS + 0.5f));
        }
    }

    private static void clamp(int[] line, int least, int lanes) {
        for (int i = 0; i < lanes; i++) {
            line[i] = Math.max(Math.min(line[i] - BIAS, CoefficientRange.MAX_AC), least);
        }
    }

    private static void note(int[] line, int bit, int[] masks, int lanes) {
        for (int i = 0; i < lanes; i++) {
            masks[i] |= (line[i] | -line[i]) >>> 31 << bit;
        }
    }
}
