package imagefunctions.jpeg.samples;

/**
 * The inverse DCT of 2 and of 4 points, which gives blocks at 1/4 and 1/2 of their size from their lowest coefficients
 * (ITU-T T.81, A.3.3, with fewer samples; coefficients keep the scale of the 8-point DCT). Samples are neither rounded
 * nor limited to 0 to 255.
 */
final class SmallIdct {
    private static final float DC = (float) Math.sqrt(1.0 / 8);
    private static final float TWO = cosine(1, 4);
    private static final float FOUR_1 = cosine(1, 8);
    private static final float FOUR_2 = cosine(2, 8);
    private static final float FOUR_3 = cosine(3, 8);

    private static final float MIDDLE = 128;

    private SmallIdct() {}

    private static float cosine(int k, int quarter) {
        return (float) (0.5 * Math.cos(k * Math.PI / quarter));
    }

    /** Gives 2 x 2 samples, from a column on, from the coefficients at row times eight plus column. */
    static void two(float[] f, float[][] lines, int at) {
        float mean = f[0] * DC * DC + MIDDLE;
        float across = f[1] * DC * TWO;
        float down = f[8] * DC * TWO;
        float both = f[9] * TWO * TWO;
        lines[0][at] = mean + across + down + both;
        lines[0][at + 1] = mean - across + down - both;
        lines[1][at] = mean + across - down - both;
        lines[1][at + 1] = mean - across - down + both;
    }

    /** Gives 4 x 4 samples; the coefficients are overwritten. */
    static void four(float[] f, float[][] lines, int at) {
        for (int row = 0; row < 32; row += 8) {
            float even = f[row] * DC;
            float bend = f[row + 2] * FOUR_2;
            float outer = f[row + 1] * FOUR_1 + f[row + 3] * FOUR_3;
            float inner = f[row + 1] * FOUR_3 - f[row + 3] * FOUR_1;
            f[row] = even + bend + outer;
            f[row + 1] = even - bend + inner;
            f[row + 2] = even - bend - inner;
            f[row + 3] = even + bend - outer;
        }
        for (int column = 0; column < 4; column++) {
            float even = f[column] * DC + MIDDLE;
            float bend = f[16 + column] * FOUR_2;
            float outer = f[8 + column] * FOUR_1 + f[24 + column] * FOUR_3;
            float inner = f[8 + column] * FOUR_3 - f[24 + column] * FOUR_1;
            lines[0][at + column] = even + bend + outer;
            lines[1][at + column] = even - bend + inner;
            lines[2][at + column] = even - bend - inner;
            lines[3][at + column] = even + bend - outer;
        }
    }
}
