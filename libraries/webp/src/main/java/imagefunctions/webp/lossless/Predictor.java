package imagefunctions.webp.lossless;

/** Adds to each pixel what its neighbours predict (RFC 9649, 3.5.1), in one of fourteen ways for each block. */
final class Predictor implements Inverse {
    private static final int BLACK = 0xFF000000;

    private final int width;
    private final int blockBits;
    private final int[] blocks;

    /** The row above; behind its end stands the first pixel of the row itself. */
    private final int[] above;

    Predictor(int width, int blockBits, int[] blocks) {
        this.width = width;
        this.blockBits = blockBits;
        this.blocks = blocks;
        above = new int[width + 1];
    }

    @Override
    public void undo(int y, int[] argb) {
        if (y == 0) {
            argb[0] = Inverse.sum(argb[0], BLACK);
            left(argb, 1, width);
        } else {
            argb[0] = Inverse.sum(argb[0], above[0]);
            above[width] = argb[0];
            int block = (y >> blockBits) * Pixels.blocks(width, blockBits);
            int size = 1 << blockBits;
            for (int from = 0; from < width; from += size) {
                undo(blocks[block++] >> 8 & 15, argb, Math.max(1, from), Math.min(width, from + size));
            }
        }
        System.arraycopy(argb, 0, above, 0, width);
    }

    private void undo(int mode, int[] argb, int from, int to) {
        switch (mode) {
            case 1 -> left(argb, from, to);
            case 2 -> offset(argb, from, to, 0);
            case 3 -> offset(argb, from, to, 1);
            case 4 -> offset(argb, from, to, -1);
            case 5 -> leftAboveRight(argb, from, to);
            case 6 -> leftAndAbove(argb, from, to, -1);
            case 7 -> leftAndAbove(argb, from, to, 0);
            case 8 -> twoAbove(argb, from, to, -1);
            case 9 -> twoAbove(argb, from, to, 0);
            case 10 -> four(argb, from, to);
            case 11 -> select(argb, from, to);
            case 12 -> gradient(argb, from, to);
            case 13 -> halfGradient(argb, from, to);
            default -> black(argb, from, to);
        }
    }

    private static void black(int[] argb, int from, int to) {
        for (int x = from; x < to; x++) {
            argb[x] = Inverse.sum(argb[x], BLACK);
        }
    }

    private static void left(int[] argb, int from, int to) {
        for (int x = from; x < to; x++) {
            argb[x] = Inverse.sum(argb[x], argb[x - 1]);
        }
    }

    /** The pixel above, or the one to its left or right. */
    private void offset(int[] argb, int from, int to, int columns) {
        for (int x = from; x < to; x++) {
            argb[x] = Inverse.sum(argb[x], above[x + columns]);
        }
    }

    private void leftAboveRight(int[] argb, int from, int to) {
        for (int x = from; x < to; x++) {
            argb[x] = Inverse.sum(argb[x], average(average(argb[x - 1], above[x + 1]), above[x]));
        }
    }

    private void leftAndAbove(int[] argb, int from, int to, int columns) {
        for (int x = from; x < to; x++) {
            argb[x] = Inverse.sum(argb[x], average(argb[x - 1], above[x + columns]));
        }
    }

    private void twoAbove(int[] argb, int from, int to, int columns) {
        for (int x = from; x < to; x++) {
            argb[x] = Inverse.sum(argb[x], average(above[x + columns], above[x + columns + 1]));
        }
    }

    private void four(int[] argb, int from, int to) {
        for (int x = from; x < to; x++) {
            int predicted = average(average(argb[x - 1], above[x - 1]), average(above[x], above[x + 1]));
            argb[x] = Inverse.sum(argb[x], predicted);
        }
    }

    /** The left pixel or the one above, whichever is nearer to left + above - corner. */
    private void select(int[] argb, int from, int to) {
        int left = argb[from - 1];
        for (int x = from; x < to; x++) {
            int top = above[x];
            int corner = above[x - 1];
            int difference = nearer(left, top, corner, 24)
                    + nearer(left, top, corner, 16)
                    + nearer(left, top, corner, 8)
                    + nearer(left, top, corner, 0);
            left = Inverse.sum(argb[x], difference <= 0 ? top : left);
            argb[x] = left;
        }
    }

    private static int nearer(int left, int top, int corner, int shift) {
        int c = corner >>> shift & 0xFF;
        return Math.abs((left >>> shift & 0xFF) - c) - Math.abs((top >>> shift & 0xFF) - c);
    }

    private void gradient(int[] argb, int from, int to) {
        int left = argb[from - 1];
        for (int x = from; x < to; x++) {
            int top = above[x];
            int corner = above[x - 1];
            int predicted = gradient(left, top, corner, 24)
                    | gradient(left, top, corner, 16)
                    | gradient(left, top, corner, 8)
                    | gradient(left, top, corner, 0);
            left = Inverse.sum(argb[x], predicted);
            argb[x] = left;
        }
    }

    private static int gradient(int left, int top, int corner, int shift) {
        return clamped((left >>> shift & 0xFF) + (top >>> shift & 0xFF) - (corner >>> shift & 0xFF)) << shift;
    }

    private void halfGradient(int[] argb, int from, int to) {
        int left = argb[from - 1];
        for (int x = from; x < to; x++) {
            int middle = average(left, above[x]);
            int corner = above[x - 1];
            int predicted = halfGradient(middle, corner, 24)
                    | halfGradient(middle, corner, 16)
                    | halfGradient(middle, corner, 8)
                    | halfGradient(middle, corner, 0);
            left = Inverse.sum(argb[x], predicted);
            argb[x] = left;
        }
    }

    private static int halfGradient(int middle, int corner, int shift) {
        int m = middle >>> shift & 0xFF;
        return clamped(m + (m - (corner >>> shift & 0xFF)) / 2) << shift;
    }

    private static int clamped(int value) {
        return Math.min(Math.max(value, 0), 255);
    }

    /** The average of each of the four components, rounded down. */
    private static int average(int one, int other) {
        return (((one ^ other) & 0xFEFEFEFE) >>> 1) + (one & other);
    }
}
