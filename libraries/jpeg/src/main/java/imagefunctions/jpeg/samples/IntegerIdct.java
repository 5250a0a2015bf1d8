package imagefunctions.jpeg.samples;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The inverse DCT of many blocks at a time in integers, to the bit that of libjpeg's accurate method, at 1/1, 1/2 or 1/4
 * of their size in either direction (ITU-T T.81, A.3.3; the flow graph is that of Loeffler, Ligtenberg and Moschytz, as in {@link
 * BatchDct}).
 *
 * <p>A sample at 1/2 or 1/4 is the mean of the 2 x 2 or 4 x 4 samples in its place before these are limited to 0 to
 * 255, so that each of its factors is a sum of theirs.
 *
 * <p>Invariant: columns come first, then rows, since rounding depends on it. Numbers are fixed-point: factors have 13
 * bits of fraction, and what the columns give has two. Blocks are side by side as in {@link PlanarLayout}, and as with
 * {@link BatchDct} a loop does one or two steps on whole lines, so that it is vectorised. Most blocks have low coefficients
 * alone: columns that are zero in all blocks are left out, and so are terms that are zero.
 */
final class IntegerIdct {
    /** Blocks that are transformed together, few enough for the first-level cache. */
    static final int LANES = 32;

    private static final int FRACTION = 13;
    private static final int BETWEEN = 2;

    private static final int AFTER_COLUMNS = FRACTION - BETWEEN;

    /** Including the eighth by which two directions exceed the orthonormal transform. */
    private static final int AFTER_ROWS = FRACTION + BETWEEN + 3;

    private static final int EVEN = fixed(basis(6, 0));
    private static final int EVEN_2 = fixed(basis(2, 0) - basis(6, 0));
    private static final int EVEN_6 = fixed(-basis(2, 0) - basis(6, 0));
    private static final int ODD = fixed(basis(3, 0));
    private static final int ODD_1 = fixed(basis(1, 0) + basis(3, 0) - basis(5, 0) - basis(7, 0));
    private static final int ODD_3 = fixed(basis(1, 0) + basis(3, 0) + basis(5, 0) - basis(7, 0));
    private static final int ODD_5 = fixed(basis(1, 0) + basis(3, 0) - basis(5, 0) + basis(7, 0));
    private static final int ODD_7 = fixed(-basis(1, 0) + basis(3, 0) + basis(5, 0) - basis(7, 0));
    private static final int ODD_17 = fixed(basis(7, 0) - basis(3, 0));
    private static final int ODD_35 = fixed(-basis(1, 0) - basis(3, 0));
    private static final int ODD_37 = fixed(-basis(3, 0) - basis(5, 0));
    private static final int ODD_15 = fixed(basis(5, 0) - basis(3, 0));

    private static final int FIRST_1 = fixed(sum(1, 0, 2));
    private static final int FIRST_2 = fixed(sum(2, 0, 2));
    private static final int FIRST_3 = fixed(sum(3, 0, 2));
    private static final int FIRST_5 = fixed(sum(5, 0, 2));
    private static final int FIRST_6 = fixed(sum(6, 0, 2));
    private static final int FIRST_7 = fixed(sum(7, 0, 2));
    private static final int SECOND_1 = fixed(sum(1, 2, 4));
    private static final int SECOND_3 = fixed(sum(3, 2, 4));
    private static final int SECOND_5 = fixed(sum(5, 2, 4));
    private static final int SECOND_7 = fixed(sum(7, 2, 4));

    private static final int HALF_1 = fixed(sum(1, 0, 4));
    private static final int HALF_3 = fixed(sum(3, 0, 4));
    private static final int HALF_5 = fixed(sum(5, 0, 4));
    private static final int HALF_7 = fixed(sum(7, 0, 4));

    private static final VarHandle FOUR_BYTES =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final int width;
    private final int height;

    /** Rows of the blocks, each with a run of lanes for each column, and the other way round. */
    private final int[][] rows = new int[8][8 * LANES];

    private final int[][] columns = new int[8][8 * LANES];
    private final int[] sum15 = new int[8 * LANES];
    private final int[] sum37 = new int[8 * LANES];

    /** A transform to blocks that are 2, 4 or 8 samples wide, and as many or others high. */
    IntegerIdct(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** What coefficient k adds to sample n, times the square root of eight. */
    private static double basis(int k, int n) {
        return Math.sqrt(2) * Math.cos((2 * n + 1) * k * Math.PI / 16);
    }

    private static double sum(int k, int from, int to) {
        double sum = 0;
        for (int n = from; n < to; n++) {
            sum += basis(k, n);
        }
        return sum;
    }

    private static int fixed(double factor) {
        int magnitude = (int) (Math.abs(factor) * (1 << FRACTION) + 0.5);
        return factor < 0 ? -magnitude : magnitude;
    }

    /** Sets all coefficients to zero. */
    void clear() {
        for (int[] row : rows) {
            Arrays.fill(row, 0);
        }
    }

    /** Sets a dequantised coefficient, by row times eight plus column. */
    void set(int natural, int lane, int value) {
        rows[natural >> 3][(natural & 7) * LANES + lane] = value;
    }

    /**
     * Writes the samples of the first blocks, side by side.
     *
     * @param set which coefficients were set in any of them: a bit each, by row times eight plus column
     */
    void transform(int blocks, long set, byte[] samples, int at, int stride) {
        int high = (71 - Long.numberOfLeadingZeros(set)) / 8;
        int wide = width(set);
        down(high, wide * LANES);
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < wide; j++) {
                System.arraycopy(rows[i], j * LANES, columns[j], i * LANES, LANES);
            }
        }
        for (int j = wide; j < 8; j++) {
            Arrays.fill(columns[j], 0);
        }
        across(wide);
        for (int row = 0; row < height; row++) {
            store(row * LANES, blocks, samples, at + row * stride);
        }
    }

    /** The number of columns up to the last one that has any of these coefficients. */
    private static int width(long set) {
        long rows = set | set >>> 32;
        rows |= rows >>> 16;
        rows |= rows >>> 8;
        return 32 - Integer.numberOfLeadingZeros((int) rows & 0xFF);
    }

    private void down(int high, int n) {
        switch (height) {
            case 2 -> two(rows, n, AFTER_COLUMNS + 2);
            case 4 -> four(rows, high, n, AFTER_COLUMNS + 1);
            default -> eight(rows, n, AFTER_COLUMNS);
        }
    }

    /** Leaves up to four samples packed in each number. */
    private void across(int wide) {
        int n = height * LANES;
        switch (width) {
            case 2 -> two(columns, n, AFTER_ROWS + 2);
            case 4 -> four(columns, wide, n, AFTER_ROWS + 1);
            default -> eight(columns, n, AFTER_ROWS);
        }
        for (int i = 0; i < width; i++) {
            limit(columns[i], n);
        }
        for (int i = 0; i < width; i += 4) {
            pack(columns[i], columns[i + 1], 8, n);
            if (width > 2) {
                pack(columns[i + 2], columns[i + 3], 8, n);
                pack(columns[i], columns[i + 2], 16, n);
            }
        }
    }

    private void store(int from, int blocks, byte[] samples, int at) {
        int[] first = columns[0];
        int[] second = columns[4];
        switch (width) {
            case 2 -> {
                for (int lane = 0; lane < blocks; lane++) {
                    samples[at + lane * 2] = (byte) first[from + lane];
                    samples[at + lane * 2 + 1] = (byte) (first[from + lane] >> 8);
                }
            }
            case 4 -> {
                for (int lane = 0; lane < blocks; lane++) {
                    FOUR_BYTES.set(samples, at + lane * 4, first[from + lane]);
                }
            }
            default -> {
                for (int lane = 0; lane < blocks; lane++) {
                    FOUR_BYTES.set(samples, at + lane * 8, first[from + lane]);
                    FOUR_BYTES.set(samples, at + lane * 8 + 4, second[from + lane]);
                }
            }
        }
    }

    private void eight(int[][] lines, int n, int bits) {
        int[] a = lines[0];
        int[] b = lines[1];
        int[] c = lines[2];
        int[] d = lines[3];
        int[] e = lines[4];
        int[] f = lines[5];
        int[] g = lines[6];
        int[] h = lines[7];
        centre(a, e, n);
        bend(c, g, n);
        butterfly(a, c, n);
        butterfly(e, g, n);
        sums(b, d, f, h, sum15, sum37, n);
        odd(b, h, sum15, sum37, ODD_1, ODD_7, ODD_17, n);
        odd(d, f, sum37, sum15, ODD_3, ODD_5, ODD_35, n);
        scaled(a, b, bits, n);
        scaled(e, d, bits, n);
        scaled(g, f, bits, n);
        scaled(c, h, bits, n);
        lines[1] = e;
        lines[2] = g;
        lines[3] = c;
        lines[4] = h;
        lines[5] = f;
        lines[6] = d;
        lines[7] = b;
    }

    private static void four(int[][] lines, int count, int n, int bits) {
        int[] a = lines[0];
        int[] b = lines[1];
        int[] c = lines[2];
        int[] d = lines[3];
        mean(a, 1, n);
        boolean low = count <= 5;
        if (low) {
            weigh(c, FIRST_2, n);
        } else {
            weigh(c, lines[6], FIRST_2, FIRST_6, n);
        }
        butterfly(a, c, n);
        if (low) {
            pairs(b, d, n);
        } else {
            pairs(b, d, lines[5], lines[7], n);
        }
        scaled(a, b, bits, n);
        scaled(c, d, bits, n);
        lines[1] = c;
        lines[2] = d;
        lines[3] = b;
    }

    private static void two(int[][] lines, int n, int bits) {
        mean(lines[0], 2, n);
        half(lines[1], lines[3], lines[5], lines[7], n);
        scaled(lines[0], lines[1], bits, n);
    }

    private static void centre(int[] a, int[] e, int n) {
        for (int i = 0; i < n; i++) {
            int x = a[i];
            int y = e[i];
            a[i] = (x + y) << FRACTION;
            e[i] = (x - y) << FRACTION;
        }
    }

    private static void bend(int[] c, int[] g, int n) {
        for (int i = 0; i < n; i++) {
            int x = c[i];
            int y = g[i];
            int both = (x + y) * EVEN;
            c[i] = both + x * EVEN_2;
            g[i] = both + y * EVEN_6;
        }
    }

    private static void butterfly(int[] a, int[] b, int n) {
        for (int i = 0; i < n; i++) {
            int x = a[i];
            int y = b[i];
            a[i] = x + y;
            b[i] = x - y;
        }
    }

    private static void sums(int[] b, int[] d, int[] f, int[] h, int[] sum15, int[] sum37, int n) {
        for (int i = 0; i < n; i++) {
            int first = b[i] + f[i];
            int second = d[i] + h[i];
            int all = (first + second) * ODD;
            sum15[i] = first * ODD_15 + all;
            sum37[i] = second * ODD_37 + all;
        }
    }

    /** One of the two pairs of odd coefficients, given the factors of either and of their sum. */
    private static void odd(int[] a, int[] b, int[] sumA, int[] sumB, int factorA, int factorB, int factor, int n) {
        for (int i = 0; i < n; i++) {
            int x = a[i];
            int y = b[i];
            int both = (x + y) * factor;
            a[i] = x * factorA + both + sumA[i];
            b[i] = y * factorB + both + sumB[i];
        }
    }

    private static void mean(int[] a, int bits, int n) {
        for (int i = 0; i < n; i++) {
            a[i] <<= FRACTION + bits;
        }
    }

    private static void weigh(int[] c, int first, int n) {
        for (int i = 0; i < n; i++) {
            c[i] *= first;
        }
    }

    private static void weigh(int[] c, int[] g, int first, int second, int n) {
        for (int i = 0; i < n; i++) {
            c[i] = c[i] * first + g[i] * second;
        }
    }

    private static void pairs(int[] b, int[] d, int n) {
        for (int i = 0; i < n; i++) {
            int one = b[i];
            int three = d[i];
            b[i] = one * FIRST_1 + three * FIRST_3;
            d[i] = one * SECOND_1 + three * SECOND_3;
        }
    }

    private static void pairs(int[] b, int[] d, int[] f, int[] h, int n) {
        for (int i = 0; i < n; i++) {
            int one = b[i];
            int three = d[i];
            int five = f[i];
            int seven = h[i];
            b[i] = one * FIRST_1 + three * FIRST_3 + five * FIRST_5 + seven * FIRST_7;
            d[i] = one * SECOND_1 + three * SECOND_3 + five * SECOND_5 + seven * SECOND_7;
        }
    }

    private static void half(int[] b, int[] d, int[] f, int[] h, int n) {
        for (int i = 0; i < n; i++) {
            b[i] = b[i] * HALF_1 + d[i] * HALF_3 + f[i] * HALF_5 + h[i] * HALF_7;
        }
    }

    /** The butterfly of a and b, rounded to a number of bits less. */
    private static void scaled(int[] a, int[] b, int bits, int n) {
        int half = 1 << (bits - 1);
        for (int i = 0; i < n; i++) {
            int x = a[i] + half;
            int y = b[i];
            a[i] = (x + y) >> bits;
            b[i] = (x - y) >> bits;
        }
    }

    /** Without minimum and maximum, which the compiler would not vectorise. */
    private static void limit(int[] a, int n) {
        for (int i = 0; i < n; i++) {
            int sample = a[i] + 128;
            int positive = sample & ~(sample >> 31);
            a[i] = (positive | (255 - positive) >> 31) & 255;
        }
    }

    private static void pack(int[] low, int[] high, int bits, int n) {
        for (int i = 0; i < n; i++) {
            low[i] |= high[i] << bits;
        }
    }
}
