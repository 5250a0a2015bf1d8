package imagefunctions.imaging.jpeg;

/**
 * The discrete cosine transform in one direction, of many blocks at a time (ITU-T T.81, A.3.3; the flow graph is that of
 * Loeffler, Ligtenberg and Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications", ICASSP 1989).
 *
 * <p>Blocks lie side by side: each of 64 arrays holds one sample, or one coefficient, of every block of a row, and lane i
 * belongs to block i. Invariant: no lane knows of another, and a loop does one step of the flow graph on two arrays; a
 * loop that did more would be too long for the compiler to turn into vector instructions. What a step does to the order
 * of the arrays is undone by naming them anew.
 *
 * <p>Results are larger than the orthonormal transform's by the square root of eight, in either direction.
 */
final class BatchDct {
    /** What a forward and an inverse pass, in one direction, multiply by together. */
    static final float GAIN = 8;

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
    static void columns(float[][] lines, int lanes, boolean forward) {
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
        butterfly(a, h, n);
        butterfly(b, g, n);
        butterfly(c, f, n);
        butterfly(d, e, n);
        butterfly(a, d, n);
        butterfly(b, c, n);
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

    /** The same graph from its end to its beginning. */
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
        butterfly(b, c, n);
        butterfly(a, d, n);
        butterfly(d, e, n);
        butterfly(c, f, n);
        butterfly(b, g, n);
        butterfly(a, h, n);
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
