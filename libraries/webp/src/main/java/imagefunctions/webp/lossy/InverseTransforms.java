package imagefunctions.webp.lossy;

/** The inverse transforms (RFC 6386, section 14.3 and 14.4). */
final class InverseTransforms {
    private static final int STRIDE = Workspace.STRIDE;

    private InverseTransforms() {}

    /** Spreads the sixteen DCs over the blocks of luma. */
    static void walshHadamard(int[] dcs, int[] coefficients) {
        int[] half = new int[16];
        for (int i = 0; i < 4; i++) {
            int a = dcs[i] + dcs[12 + i];
            int b = dcs[4 + i] + dcs[8 + i];
            int c = dcs[4 + i] - dcs[8 + i];
            int d = dcs[i] - dcs[12 + i];
            half[i] = a + b;
            half[4 + i] = d + c;
            half[8 + i] = a - b;
            half[12 + i] = d - c;
        }
        for (int i = 0; i < 4; i++) {
            int row = 4 * i;
            int a = half[row] + 3 + half[row + 3];
            int b = half[row + 1] + half[row + 2];
            int c = half[row + 1] - half[row + 2];
            int d = half[row] + 3 - half[row + 3];
            int to = row * Residuals.BLOCK;
            coefficients[to] = (a + b) >> 3;
            coefficients[to + Residuals.BLOCK] = (d + c) >> 3;
            coefficients[to + 2 * Residuals.BLOCK] = (a - b) >> 3;
            coefficients[to + 3 * Residuals.BLOCK] = (d - c) >> 3;
        }
    }

    /** Adds a block to its prediction. */
    static void add(int[] from, int block, int end, byte[] pixels, int at) {
        if (end > 1) {
            addAll(from, block, pixels, at);
        } else if (end == 1) {
            addDc((from[block] + 4) >> 3, pixels, at);
        }
    }

    private static void addDc(int difference, byte[] pixels, int at) {
        for (int row = at; row < at + 4 * STRIDE; row += STRIDE) {
            for (int x = row; x < row + 4; x++) {
                pixels[x] = clamped((pixels[x] & 0xFF) + difference);
            }
        }
    }

    private static void addAll(int[] from, int block, byte[] pixels, int at) {
        // Columns first, each written over its four coefficients.
        for (int i = block; i < block + 4; i++) {
            int a = from[i] + from[i + 8];
            int b = from[i] - from[i + 8];
            int c = sine(from[i + 4]) - cosine(from[i + 12]);
            int d = cosine(from[i + 4]) + sine(from[i + 12]);
            from[i] = a + d;
            from[i + 4] = b + c;
            from[i + 8] = b - c;
            from[i + 12] = a - d;
        }
        int row = at;
        for (int i = block; i < block + 16; i += 4) {
            int a = from[i] + 4 + from[i + 2];
            int b = from[i] + 4 - from[i + 2];
            int c = sine(from[i + 1]) - cosine(from[i + 3]);
            int d = cosine(from[i + 1]) + sine(from[i + 3]);
            pixels[row] = clamped((pixels[row] & 0xFF) + ((a + d) >> 3));
            pixels[row + 1] = clamped((pixels[row + 1] & 0xFF) + ((b + c) >> 3));
            pixels[row + 2] = clamped((pixels[row + 2] & 0xFF) + ((b - c) >> 3));
            pixels[row + 3] = clamped((pixels[row + 3] & 0xFF) + ((a - d) >> 3));
            row += STRIDE;
        }
    }

    /** Times the square root of 2 times the cosine of 22.5 degrees. */
    private static int cosine(int value) {
        return value + ((value * 20091) >> 16);
    }

    /** Times the square root of 2 times the sine of 22.5 degrees. */
    private static int sine(int value) {
        return (value * 35468) >> 16;
    }

    private static byte clamped(int value) {
        return (byte) Math.min(Math.max(value, 0), 255);
    }
}
