package imagefunctions.jpeg.samples;

/**
 * The one-dimensional discrete cosine transform of many blocks at a time (ITU-T T.81, A.3.3; the flow graph is that of
 * Loeffler, Ligtenberg and Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications", ICASSP 1989).
 *
 * <p>Blocks are side by side: each of 64 arrays holds one sample, or one coefficient, of every block of a row, and lane
 * i belongs to block i. Invariant: lanes are independent, and a loop does one or two steps of the flow graph on two or
 * four arrays; with more, the compiler would not vectorise it. Permutations of the flow graph are done by renaming
 * arrays.
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

    /** Transforms the eight columns of each block: lines[row * 8 + column][block]. */
    public static void columns(float[][] lines, int lanes, boolean forward) {
        for (int column = 0; column < 8; column++) {
            line(lines, column, 8, lanes, forward);
        }
    }

    /** Transforms the eight rows of each block. */
    static void rows(float[][] lines, int lanes, boolean forward) {
        for (int row = 0; row < 8; row++) {
            line(lines, row * 8, 1, lanes, forward);
        }
    }

    /** Transforms along eight lines ({@link PlanarLayout}), which it reorders. */
    public static void lines(float[][] lines, boolean forward) {
        line(lines, 0, 1, lines[0].length, forward);
    }

    private static void line(float[][] lines, int at, int step, int lanes, boolean forward) {
        if (forward) {
            forward(lines, at, step, lanes);
        } else {
            inverse(lines, at, step, lanes);
        }
    }

    private static void forward(float[][] lines, int at, int step, int n) {
        float[] a = lines[at];
        float[] b = lines[at + step];
        float[] c = lines[at + 2 * step];
        float[] d = lines[at + 3 * step];
        float[] e = lines[at + 4 * step];
        float[] f = lines[at + 5 * step];
        float[] g = lines[at + 6 * step];
        float[] h = lines[at + 7 * step];
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
        lines[at + step] = h;
        lines[at + 3 * step] = f;
        lines[at + 4 * step] = b;
        lines[at + 5 * step] = g;
        lines[at + 6 * step] = d;
        lines[at + 7 * step] = e;
    }

    /** The same flow graph backwards. */
    private static void inverse(float[][] lines, int at, int step, int n) {
        float[] a = lines[at];
        float[] h = lines[at + step];
        float[] c = lines[at + 2 * step];
        float[] f = lines[at + 3 * step];
        float[] b = lines[at + 4 * step];
        float[] g = lines[at + 5 * step];
        float[] d = lines[at + 6 * step];
        float[] e = lines[at + 7 * step];
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
        lines[at + step] = b;
        lines[at + 3 * step] = d;
        lines[at + 4 * step] = e;
        lines[at + 5 * step] = f;
        lines[at + 6 * step] = g;
        lines[at + 7 * step] = h;
    }

    private static void butterfly(float[] a, float[] b, int n) {
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
}
