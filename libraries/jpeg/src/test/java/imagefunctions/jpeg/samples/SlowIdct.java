package imagefunctions.jpeg.samples;

/**
 * The inverse DCT of one block in integers, a sample at a time: the slow twin of {@link IntegerIdct}.
 *
 * <p>Each sample of a line is a sum of coefficients times factors. Those of the whole transform are sums of the rounded
 * factors of the flow graph, which is why the coefficients do not simply have the cosines for factors.
 */
final class SlowIdct {
    private static final double C = Math.PI / 16;

    private SlowIdct() {}

    /** Samples row by row of a block of that size from coefficients row by row. */
    static int[] samples(int[] coefficients, int width, int height) {
        long[] between = new long[64];
        for (int x = 0; x < 8; x++) {
            for (int n = 0; n < height; n++) {
                long sum = 0;
                for (int k = 0; k < 8; k++) {
                    sum += factor(k, n, height) * coefficients[8 * k + x];
                }
                between[8 * n + x] = down(sum, 11 + extra(height));
            }
        }
        int[] samples = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int n = 0; n < width; n++) {
                long sum = 0;
                for (int k = 0; k < 8; k++) {
                    sum += factor(k, n, width) * between[8 * y + k];
                }
                samples[width * y + n] = Math.clamp(down(sum, 18 + extra(width)) + 128, 0, 255);
            }
        }
        return samples;
    }

    /** One bit more for each doubling of the number of samples that one stands for. */
    private static int extra(int size) {
        return Integer.numberOfTrailingZeros(8 / size);
    }

    private static long down(long value, int bits) {
        return (value + (1L << (bits - 1))) >> bits;
    }

    private static long factor(int k, int n, int size) {
        if (k == 0) {
            return 8192L * 8 / size;
        }
        if (size < 8) {
            double sum = 0;
            for (int i = 0; i < 8 / size; i++) {
                sum += basis(k, n * 8 / size + i);
            }
            return round(sum);
        }
        int sign = n > 3 && k % 2 == 1 ? -1 : 1;
        return sign * whole(k, Math.min(n, 7 - n));
    }

    /** Of coefficient k in sample n of the first half: the sums along the edges of the flow graph. */
    private static long whole(int k, int n) {
        double c1 = basis(1, 0);
        double c2 = basis(2, 0);
        double c3 = basis(3, 0);
        double c5 = basis(5, 0);
        double c6 = basis(6, 0);
        double c7 = basis(7, 0);
        boolean outer = n == 0 || n == 3;
        long both = round(c6);
        if (k == 2) {
            long two = outer ? both + round(c2 - c6) : both;
            return n < 2 ? two : -two;
        }
        if (k == 6) {
            long six = outer ? both : both + round(-c2 - c6);
            return n < 2 ? six : -six;
        }
        if (k == 4) {
            return outer ? 8192 : -8192;
        }
        long[] own = {
            round(c1 + c3 - c5 - c7), round(c1 + c3 + c5 - c7), round(c1 + c3 - c5 + c7), round(c3 + c5 - c1 - c7)
        };
        // The odd sample n is where coefficient 2n + 1 comes in by itself; it meets each other one in a sum.
        long[][] met = new long[4][4];
        met[0][3] = round(c7 - c3);
        met[1][2] = round(-c1 - c3);
        met[1][3] = round(-c3 - c5);
        met[0][2] = round(c5 - c3);
        int odd = k / 2;
        if (odd == n) {
            long pair = outer ? met[0][3] : met[1][2];
            return own[n] + pair + (n % 2 == 0 ? met[0][2] : met[1][3]) + round(c3);
        }
        return met[Math.min(odd, n)][Math.max(odd, n)] + round(c3);
    }

    private static double basis(int k, int n) {
        return Math.sqrt(2) * Math.cos((2 * n + 1) * k * C);
    }

    private static long round(double factor) {
        long magnitude = (long) (Math.abs(factor) * 8192 + 0.5);
        return factor < 0 ? -magnitude : magnitude;
    }
}
