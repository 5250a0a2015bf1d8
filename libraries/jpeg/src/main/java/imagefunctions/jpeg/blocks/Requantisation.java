package imagefunctions.jpeg.blocks;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.CoefficientRange;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.format.Zigzag;

/**
 * What becomes of coefficients by a transform and other quantisation steps: they are multiplied by the ratio of the steps,
 * negated where the transform negates them, and have another place where it transposes. With the same steps this is
 * lossless.
 */
public final class Requantisation {
    private static final int SHIFT = 16;
    private static final int HALF = 1 << (SHIFT - 1);
    private static final int INDEX_BITS = 6;

    /** A ratio of steps beyond which every coefficient is beyond its range. */
    private static final long MOST = (CoefficientRange.MAX_AC + 2L) << SHIFT;

    private Requantisation() {}

    /** What {@link #value} and {@link #target} are given, by the source's zig-zag index. */
    public static long[] factors(int[] from, int[] to, Transform transform) {
        long[] factors = new long[64];
        for (int k = 0; k < 64; k++) {
            int target = target(k, transform);
            long ratio = Math.min(ratio(from[k], to[target]), MOST);
            factors[k] = ((transform.negated() >>> target & 1) == 0 ? ratio : -ratio) << INDEX_BITS | target;
        }
        return factors;
    }

    private static long ratio(int from, int to) {
        return (((long) from << SHIFT) + to / 2) / to;
    }

    private static int target(int k, Transform transform) {
        return transform.transposes() ? Zigzag.transposed(k) : k;
    }

    /** A {@link Coefficient}'s new value, rounded to the nearest, and halves away from zero. */
    public static int value(int coefficient, long factor) {
        long product = Coefficient.value(coefficient) * (factor >> INDEX_BITS);
        return (int) ((product + HALF + (product >> 63)) >> SHIFT);
    }

    /** Its new zig-zag index. */
    public static int target(long factor) {
        return (int) factor & (1 << INDEX_BITS) - 1;
    }

    /** The bits that AC values have at most if all of that length become zero. */
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

    /** The source's steps, transposed if its blocks are. */
    public static int[] steps(int[] from, Transform transform) {
        int[] steps = new int[64];
        for (int k = 0; k < 64; k++) {
            steps[target(k, transform)] = from[k];
        }
        return steps;
    }
}
