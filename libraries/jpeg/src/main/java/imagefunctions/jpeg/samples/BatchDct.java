package imagefunctions.jpeg.samples;

/**
 * The one-dimensional discrete cosine transform of many blocks at a time (ITU-T T.81, A.3.3; the flow graph is that of
 * Loeffler, Ligtenberg and Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications", ICASSP 1989).
 *
 * <p>Blocks are side by side, in {@link PlanarLayout}. Invariant: elements of lines are independent, and a loop does one
 * or two steps of the flow graph on two or four lines; with more, the compiler would not vectorise it. Permutations of the
 * flow graph are done by renaming lines.
 *
 * <p>Results exceed those of the orthonormal transform by a factor of the square root of eight, in either direction.
 */
public final class BatchDct {
    /** The gain of a forward and an inverse transform together. */
    public static final float GAIN = 8;

    private static final float C1 = cosine(1);
    private static final float S1 = cosine(7);
    private static final float C3 = cosine(3);
    private static final float S3 = cosine(5);
    private static final float R2 = (float) Math.sqrt(2);
    private static final float R2C6 = R2 * cosine(6);
    private static final float R2S6 = R2 * cosine(2);

    private BatchDct() {}

    private static float cosine(int k) {
        return (float) Math.cos(k * Math.PI / 16);
    }

    /**
     * Transforms along eight lines ({@link PlanarLayout}), which it reorders.
     *
     * <p>Both directions are in one method, which is then too large for the JIT compiler to inline: with these loops in
     * it several times, a single caller took it 16 MB to compile.
     */
    public static void lines(float[][] lines, boolean forward) {
        int n = lines[0].length;
        float[] a = lines[0];
        if (forward) {
            float[] b = lines[1];
            float[] c = lines[2];
            float[] d = lines[3];
            float[] e = lines[4];
            float[] f = lines[5];
            float[] g = lines[6];
            float[] h = lines[7];
            fold(a, d, e, h, n);
            fold(b, c, f, g, n);
            rotate(e, h, C3, S3, n);
            rotate(f, g, C1, S1, n);
            butterfly(e, g, n);
            butterfly(h, f, n);
            butterfly(a, b, n);
            rotate(c, d, R2C6, R2S6, n);
            butterfly(h, e, n);
            scale(f, R2, n);
            scale(g, R2, n);
            order(lines, h, c, f, b, g, d, e);
        } else {
            // The same flow graph backwards.
            float[] h = lines[1];
            float[] c = lines[2];
            float[] f = lines[3];
            float[] b = lines[4];
            float[] g = lines[5];
            float[] d = lines[6];
            float[] e = lines[7];
            scale(g, R2, n);
            scale(f, R2, n);
            butterfly(h, e, n);
            rotate(c, d, R2C6, -R2S6, n);
            butterfly(a, b, n);
            butterfly(h, f, n);
            butterfly(e, g, n);
            rotate(f, g, C1, -S1, n);
            rotate(e, h, C3, -S3, n);
            unfold(b, c, f, g, n);
            unfold(a, d, e, h, n);
            order(lines, b, c, d, e, f, g, h);
        }
    }

    static void butterfly(float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            float x = a[i];
            float y = b[i];
            a[i] = x + y;
            b[i] = x - y;
        }
    }

    /** The butterflies of a and h and of d and e, then of their sums. */
    private static void fold(float[] a, float[] d, float[] e, float[] h, int n) {
        for (int i = 0; i < n; i++) {
            float first = a[i];
            float last = h[i];
            float left = d[i];
            float right = e[i];
            float outer = first + last;
            float inner = left + right;
            a[i] = outer + inner;
            d[i] = outer - inner;
            e[i] = left - right;
            h[i] = first - last;
        }
    }

    /** The butterfly of a and d, then those of its results with h and e. */
    private static void unfold(float[] a, float[] d, float[] e, float[] h, int n) {
        for (int i = 0; i < n; i++) {
            float x = a[i];
            float y = d[i];
            float first = h[i];
            float second = e[i];
            float outer = x + y;
            float inner = x - y;
            a[i] = outer + first;
            h[i] = outer - first;
            d[i] = inner + second;
            e[i] = inner - second;
        }
    }

    private static void rotate(float[] a, float[] b, float cosine, float sine, int n) {
        for (int i = 0; i < n; i++) {
            float x = a[i];
            float y = b[i];
            a[i] = x * cosine + y * sine;
            b[i] = y * cosine - x * sine;
        }
    }

    private static void scale(float[] a, float factor, int n) {
        for (int i = 0; i < n; i++) {
            a[i] *= factor;
        }
    }

    /** Puts all lines but the first in an order. */
    private static void order(float[][] lines, float[]... others) {
        System.arraycopy(others, 0, lines, 1, others.length);
    }
}
