package imagefunctions.jpeg.samples;

/**
 * Two blocks side by side made one of half their size, for many at a time, in one dimension and in the DCT domain: the
 * inverse DCT of four points of the lowest four coefficients of each (N/8 scaling, as libjpeg has it from version 7 on),
 * and the DCT of eight points of what this gives, as one linear map.
 *
 * <p>The even ones of the eight are sums and differences of a coefficient and its mirrored neighbour; the odd ones take 16
 * multiplications. Invariant: as with {@link BatchDct}, a loop does one or two steps on two or four lines, so that it is
 * vectorised.
 */
public final class BatchHalving {
    /** By which results exceed those of the orthonormal transforms. */
    public static final float GAIN = 2;

    private static final float ODD_1_0 = odd(1, 0);
    private static final float ODD_1_1 = odd(1, 1);
    private static final float ODD_1_2 = odd(1, 2);
    private static final float ODD_1_3 = odd(1, 3);
    private static final float ODD_3_0 = odd(3, 0);
    private static final float ODD_3_1 = odd(3, 1);
    private static final float ODD_3_2 = odd(3, 2);
    private static final float ODD_3_3 = odd(3, 3);
    private static final float ODD_5_0 = odd(5, 0);
    private static final float ODD_5_1 = odd(5, 1);
    private static final float ODD_5_2 = odd(5, 2);
    private static final float ODD_5_3 = odd(5, 3);
    private static final float ODD_7_0 = odd(7, 0);
    private static final float ODD_7_1 = odd(7, 1);
    private static final float ODD_7_2 = odd(7, 2);
    private static final float ODD_7_3 = odd(7, 3);

    private BatchHalving() {}

    /** What coefficient k of the first block adds to the odd coefficient u, times the gain. */
    private static float odd(int u, int k) {
        double sum = 0;
        for (int n = 0; n < 4; n++) {
            sum += Math.cos((2 * n + 1) * u * Math.PI / 16) * Math.cos((2 * n + 1) * k * Math.PI / 8);
        }
        return (float) (sum * (k == 0 ? Math.sqrt(2) / 4 : 0.5));
    }

    /**
     * Makes eight lines ({@link PlanarLayout}) of coefficients of the lowest four of the first block and of the second, and
     * reorders them.
     */
    public static void lines(float[][] lines) {
        int n = lines[0].length;
        float[] a = lines[0];
        float[] b = lines[1];
        float[] c = lines[2];
        float[] d = lines[3];
        float[] e = lines[4];
        float[] f = lines[5];
        float[] g = lines[6];
        float[] h = lines[7];
        BatchDct.butterfly(a, e, n);
        BatchDct.butterfly(b, f, n);
        BatchDct.butterfly(c, g, n);
        BatchDct.butterfly(d, h, n);
        odd(e, b, g, d, n);
        lines[1] = e;
        lines[2] = f;
        lines[3] = b;
        lines[4] = c;
        lines[5] = g;
        lines[6] = h;
        lines[7] = d;
    }

    private static void odd(float[] a, float[] b, float[] c, float[] d, int n) {
        for (int i = 0; i < n; i++) {
            float w = a[i];
            float x = b[i];
            float y = c[i];
            float z = d[i];
            a[i] = w * ODD_1_0 + x * ODD_1_1 + y * ODD_1_2 + z * ODD_1_3;
            b[i] = w * ODD_3_0 + x * ODD_3_1 + y * ODD_3_2 + z * ODD_3_3;
            c[i] = w * ODD_5_0 + x * ODD_5_1 + y * ODD_5_2 + z * ODD_5_3;
            d[i] = w * ODD_7_0 + x * ODD_7_1 + y * ODD_7_2 + z * ODD_7_3;
        }
    }
}
