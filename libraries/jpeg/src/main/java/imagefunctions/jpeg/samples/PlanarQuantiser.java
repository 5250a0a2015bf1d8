package imagefunctions.jpeg.samples;

import java.util.Arrays;

/**
 * Quantises the coefficients of blocks in planar layout (ITU-T T.81, A.3.4).
 *
 * <p>Invariant: as with {@link BatchDct}, each loop over whole lines does one small thing, so that it is vectorised.
 * Nonzero coefficients are detected the same way, and only these are visited one by one.
 */
public final class PlanarQuantiser {
    /** Makes values positive before truncation to an integer, so that adding a half rounds to the nearest. */
    private static final int BIAS = 4096;

    /** The zig-zag indices for eight flags of nonzero coefficients, by run, for lines of columns and of rows. */
    private static final long[][] INDICES = {indices(new PlanarLayout(1, false)), indices(new PlanarLayout(1, true))};

    private final int lanes;
    private final float[][] factors;
    private final int[] quantised;
    private final int[] flags;
    private final long[] indices;

    /** A quantiser for coefficients scaled by a gain; steps are in zig-zag order. */
    public PlanarQuantiser(PlanarLayout layout, int[] steps, float gain) {

        lanes = layout.lanes();
        factors = layout.make();
        quantised = new int[layout.length()];
        flags = new int[layout.length()];
        indices = INDICES[layout.rows() ? 1 : 0];
        for (int k = 0; k < 64; k++) {
            int position = layout.position(k);
            Arrays.fill(factors[layout.line(k)], position, position + lanes, 1 / (gain * steps[k]));
        }
    }

    private static long[] indices(PlanarLayout ofOneBlock) {
        long[] indices = new long[8 * 256];
        for (int k = 0; k < 64; k++) {
            int run = ofOneBlock.position(k);
            for (int eight = 0; eight < 256; eight++) {
                indices[run * 256 + eight] |= (eight >> ofOneBlock.line(k) & 1L) << k;
            }
        }
        return indices;
    }

    /** Quantises the first blocks of the lines into a row of the same layout, from one of its blocks on. */
    public void quantise(float[][] lines, int blocks, BlockRow into, int first) {
        Arrays.fill(flags, 0);
        for (int line = 0; line < 8; line++) {
            divide(lines[line], factors[line], quantised, line, flags);
            int at = into.base(first) + line * quantised.length;
            System.arraycopy(quantised, 0, into.values(), at, quantised.length);
        }
        for (int lane = 0; lane < blocks; lane++) {
            long mask = 0;
            for (int run = 0; run < 8; run++) {
                mask |= indices[run * 256 + flags[run * lanes + lane]];
            }
            into.mask(first + lane, mask);
        }
    }

    private static void divide(float[] line, float[] factors, int[] into, int bit, int[] flags) {
        for (int i = 0; i < line.length; i++) {
            int value = (int) (line[i] * factors[i] + (BIAS + 0.5f)) - BIAS;
            into[i] = value;
            flags[i] |= (value | -value) >>> 31 << bit;
        }
    }
}
