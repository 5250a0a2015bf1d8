package imagefunctions.webp.lossy;

import java.util.Arrays;

/**
 * Predicts blocks of 4 x 4 pixels (RFC 6386, 12.3) from the pixels along their edge: L, K, J, I up the left side, X in
 * the corner, A to H above and beyond.
 *
 * <p>In all modes but two a predicted pixel is an average of two or three neighbours on the edge; tables say which.
 */
final class SplitPrediction {
    private static final int STRIDE = Workspace.STRIDE;

    // Places on the edge. Before L stands another L, behind H another H.
    private static final int L = 1;
    private static final int K = 2;
    private static final int J = 3;
    private static final int I = 4;
    private static final int X = 5;
    private static final int A = 6;
    private static final int B = 7;
    private static final int C = 8;
    private static final int D = 9;
    private static final int E = 10;
    private static final int F = 11;
    private static final int G = 12;
    private static final int H = 13;
    private static final int EDGE = 15;

    /** Added to a place: the average of three around it; without, that of it and the next. */
    private static final int THREE = 16;

    private static final int[][] AVERAGES = {
        {},
        {},
        // VERTICAL
        table(row(A, B, C, D), row(A, B, C, D), row(A, B, C, D), row(A, B, C, D)),
        // HORIZONTAL
        table(row(I, I, I, I), row(J, J, J, J), row(K, K, K, K), row(L, L, L, L)),
        // RIGHT_DOWN
        table(row(X, A, B, C), row(I, X, A, B), row(J, I, X, A), row(K, J, I, X)),
        // VERTICAL_RIGHT
        {
            X, A, B, C, THREE + X, THREE + A, THREE + B, THREE + C, THREE + I, X, A, B, THREE + J, THREE + X, THREE + A,
            THREE + B
        },
        // LEFT_DOWN
        table(row(B, C, D, E), row(C, D, E, F), row(D, E, F, G), row(E, F, G, H)),
        // VERTICAL_LEFT
        {
            A, B, C, D, THREE + B, THREE + C, THREE + D, THREE + E, B, C, D, THREE + F, THREE + C, THREE + D, THREE + E,
            THREE + G
        },
        // HORIZONTAL_DOWN
        {
            I, THREE + X, THREE + A, THREE + B, J, THREE + I, I, THREE + X, K, THREE + J, J, THREE + I, L, THREE + K, K,
            THREE + J
        },
        // HORIZONTAL_UP
        {J, THREE + J, K, THREE + K, K, THREE + K, L, THREE + L, L, THREE + L, 0, 0, 0, 0, 0, 0}
    };

    private final int[] edge = new int[EDGE];
    private final byte[] averages = new byte[THREE + EDGE];

    private static int[] row(int... places) {
        return Arrays.stream(places).map(place -> THREE + place).toArray();
    }

    private static int[] table(int[]... rows) {
        return Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
    }

    void predict(int mode, byte[] pixels, int at) {
        switch (mode) {
            case IntraModes.DC -> predictDc(pixels, at);
            case IntraModes.TRUE_MOTION -> Workspace.trueMotion(pixels, at, 4);
            default -> predictFromEdge(AVERAGES[mode], pixels, at);
        }
    }

    private static void predictDc(byte[] pixels, int at) {
        int sum = 4;
        for (int i = 0; i < 4; i++) {
            sum += (pixels[at - STRIDE + i] & 0xFF) + (pixels[at + i * STRIDE - 1] & 0xFF);
        }
        for (int row = at; row < at + 4 * STRIDE; row += STRIDE) {
            Arrays.fill(pixels, row, row + 4, (byte) (sum >> 3));
        }
    }

    private void predictFromEdge(int[] table, byte[] pixels, int at) {
        for (int y = 0; y < 4; y++) {
            edge[I - y] = pixels[at + y * STRIDE - 1] & 0xFF;
        }
        edge[0] = edge[L];
        for (int x = -1; x < 8; x++) {
            edge[A + x] = pixels[at - STRIDE + x] & 0xFF;
        }
        edge[H + 1] = edge[H];
        averages[0] = (byte) edge[0];
        for (int i = L; i <= H; i++) {
            averages[i] = (byte) ((edge[i] + edge[i + 1] + 1) >> 1);
            averages[THREE + i] = (byte) ((edge[i - 1] + 2 * edge[i] + edge[i + 1] + 2) >> 2);
        }
        int next = 0;
        for (int row = at; row < at + 4 * STRIDE; row += STRIDE) {
            for (int x = row; x < row + 4; x++) {
                pixels[x] = averages[table[next++]];
            }
        }
    }
}
