package imagefunctions.webp.lossy;

import java.util.Arrays;

/**
 * One macroblock being predicted, with its neighbours to the left and above as they are before they are filtered.
 *
 * <p>Luma has 16 x 16 pixels at {@link #LUMA}, both chromas 8 x 8, side by side at {@link #BLUE} and {@link #RED}. To
 * the right of luma are the four pixels that follow those above, repeated beside each row of blocks.
 */
final class Workspace {
    static final int STRIDE = 32;
    static final int LUMA = STRIDE + 8;
    static final int BLUE = 18 * STRIDE + 8;
    static final int RED = BLUE + 16;

    /** RFC 6386, 12.2: what is beyond the left edge and the upper one. */
    private static final byte LEFT_OF_ALL = (byte) 129;

    private static final byte ABOVE_ALL = 127;

    final byte[] pixels = new byte[27 * STRIDE];
    private final byte[] lumaAbove;
    private final byte[] blueAbove;
    private final byte[] redAbove;
    private final SplitPrediction split = new SplitPrediction();
    private boolean firstRow = true;
    private boolean firstColumn;

    Workspace(int across) {
        // The last macroblock has nothing to its right: there the last pixel above is repeated.
        lumaAbove = new byte[16 * across + 4];
        blueAbove = new byte[8 * across];
        redAbove = new byte[8 * across];
        Arrays.fill(lumaAbove, ABOVE_ALL);
        Arrays.fill(blueAbove, ABOVE_ALL);
        Arrays.fill(redAbove, ABOVE_ALL);
    }

    /** Prepares the first macroblock of a row. */
    void startRow(boolean first) {
        firstRow = first;
        startRow(LUMA, 16);
        startRow(BLUE, 8);
        startRow(RED, 8);
        int last = lumaAbove.length - 4;
        Arrays.fill(lumaAbove, last, last + 4, lumaAbove[last - 1]);
    }

    private void startRow(int plane, int size) {
        for (int y = 0; y < size; y++) {
            pixels[plane + y * STRIDE - 1] = LEFT_OF_ALL;
        }
        pixels[plane - STRIDE - 1] = firstRow ? ABOVE_ALL : LEFT_OF_ALL;
    }

    /** Predicts a macroblock and adds its residuals. */
    void reconstruct(int column, IntraModes modes, Residuals residuals) {
        firstColumn = column == 0;
        bringAbove(column);
        if (modes.split) {
            for (int block = 0; block < 16; block++) {
                int at = LUMA + 4 * (block >> 2) * STRIDE + 4 * (block & 3);
                split.predict(modes.blocks[block], pixels, at);
                add(residuals, block, at);
            }
        } else {
            predict(modes.luma, LUMA, 16);
            if (residuals.any) {
                for (int block = 0; block < 16; block++) {
                    add(residuals, block, LUMA + 4 * (block >> 2) * STRIDE + 4 * (block & 3));
                }
            }
        }
        predict(modes.chroma, BLUE, 8);
        predict(modes.chroma, RED, 8);
        if (residuals.any) {
            for (int block = 0; block < 4; block++) {
                int at = 4 * (block >> 1) * STRIDE + 4 * (block & 1);
                add(residuals, 16 + block, BLUE + at);
                add(residuals, 20 + block, RED + at);
            }
        }
        keep(column);
    }

    private void add(Residuals residuals, int block, int at) {
        InverseTransforms.add(residuals.coefficients, block * Residuals.BLOCK, residuals.ends[block], pixels, at);
    }

    private void bringAbove(int column) {
        System.arraycopy(lumaAbove, 16 * column, pixels, LUMA - STRIDE, 20);
        for (int y = 3; y < 15; y += 4) {
            System.arraycopy(lumaAbove, 16 * column + 16, pixels, LUMA + y * STRIDE + 16, 4);
        }
        System.arraycopy(blueAbove, 8 * column, pixels, BLUE - STRIDE, 8);
        System.arraycopy(redAbove, 8 * column, pixels, RED - STRIDE, 8);
    }

    /** Keeps the lowest row for the macroblock below, and the last column for the one to the right. */
    private void keep(int column) {
        int luma = LUMA - STRIDE;
        for (int row = luma; row <= luma + 16 * STRIDE; row += STRIDE) {
            pixels[row - 1] = pixels[row + 15];
        }
        int chroma = BLUE - STRIDE;
        for (int row = chroma; row <= chroma + 8 * STRIDE; row += STRIDE) {
            pixels[row - 1] = pixels[row + 7];
            pixels[row + 15] = pixels[row + 23];
        }
        System.arraycopy(pixels, LUMA + 15 * STRIDE, lumaAbove, 16 * column, 16);
        System.arraycopy(pixels, BLUE + 7 * STRIDE, blueAbove, 8 * column, 8);
        System.arraycopy(pixels, RED + 7 * STRIDE, redAbove, 8 * column, 8);
    }

    /** Predicts a whole plane (RFC 6386, 12.2). */
    private void predict(int mode, int plane, int size) {
        switch (mode) {
            case IntraModes.DC -> fill(plane, size, average(plane, size));
            case IntraModes.VERTICAL -> {
                for (int y = 0; y < size; y++) {
                    System.arraycopy(pixels, plane - STRIDE, pixels, plane + y * STRIDE, size);
                }
            }
            case IntraModes.HORIZONTAL -> {
                for (int row = plane; row < plane + size * STRIDE; row += STRIDE) {
                    Arrays.fill(pixels, row, row + size, pixels[row - 1]);
                }
            }
            default -> trueMotion(pixels, plane, size);
        }
    }

    /** Of the neighbours that the picture has. */
    private byte average(int plane, int size) {
        int sum = 0;
        int count = 0;
        if (!firstRow) {
            for (int x = 0; x < size; x++) {
                sum += pixels[plane - STRIDE + x] & 0xFF;
            }
            count += size;
        }
        if (!firstColumn) {
            for (int y = 0; y < size; y++) {
                sum += pixels[plane + y * STRIDE - 1] & 0xFF;
            }
            count += size;
        }
        return (byte) (count == 0 ? 128 : (sum + count / 2) / count);
    }

    private void fill(int plane, int size, byte value) {
        for (int row = plane; row < plane + size * STRIDE; row += STRIDE) {
            Arrays.fill(pixels, row, row + size, value);
        }
    }

    static void trueMotion(byte[] pixels, int at, int size) {
        int above = at - STRIDE;
        int corner = pixels[above - 1] & 0xFF;
        for (int row = at; row < at + size * STRIDE; row += STRIDE) {
            int step = (pixels[row - 1] & 0xFF) - corner;
            for (int x = 0; x < size; x++) {
                pixels[row + x] = (byte) Math.min(Math.max((pixels[above + x] & 0xFF) + step, 0), 255);
            }
        }
    }
}
