package imagefunctions.webp;

import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.Data;
import imagefunctions.webp.lossless.LosslessDecoder;

/** Decodes the alpha of a lossy picture (RFC 9649, 2.7.1.2: the ALPH chunk). */
final class AlphaPlane {
    private static final int RAW = 0;
    private static final int COMPRESSED = 1;
    private static final int HORIZONTAL = 1;
    private static final int VERTICAL = 2;
    private static final int GRADIENT = 3;

    private AlphaPlane() {}

    static byte[] decode(Data chunk, int width, int height) {
        if (chunk.length() < 2) {
            throw new DamagedWebpException("The WebP picture's alpha is cut short.");
        }
        int header = chunk.u8(0);
        int method = header & 3;
        int preprocessing = header >> 4 & 3;
        if (method > COMPRESSED || preprocessing > 1 || header >> 6 != 0) {
            throw new DamagedWebpException("The WebP picture's alpha has a broken header.");
        }
        byte[] alpha = method == RAW ? raw(chunk.from(1), width, height) : compressed(chunk.from(1), width, height);
        unfilter(header >> 2 & 3, alpha, width);
        return alpha;
    }

    private static byte[] raw(Data data, int width, int height) {
        if (data.length() < width * height) {
            throw new DamagedWebpException("The WebP picture's alpha is cut short.");
        }
        return data.first(width * height).copy();
    }

    private static byte[] compressed(Data data, int width, int height) {
        // Allocated with the first row: until then the bitstream's own pixels are held.
        byte[][] alpha = new byte[1][];
        LosslessDecoder.decode(data, width, height, (y, argb) -> {
            if (y == 0) {
                alpha[0] = new byte[width * height];
            }
            for (int x = 0, to = y * width; x < width; x++, to++) {
                alpha[0][to] = (byte) (argb[x] >> 8);
            }
        });
        return alpha[0];
    }

    private static void unfilter(int filter, byte[] alpha, int width) {
        if (filter == 0) {
            return;
        }
        for (int x = 1; x < width; x++) {
            alpha[x] += alpha[x - 1];
        }
        for (int row = width; row < alpha.length; row += width) {
            alpha[row] += alpha[row - width];
            switch (filter) {
                case HORIZONTAL -> horizontal(alpha, row, width);
                case VERTICAL -> vertical(alpha, row, width);
                case GRADIENT -> gradient(alpha, row, width);
                default -> throw new IllegalArgumentException("Filter " + filter);
            }
        }
    }

    private static void horizontal(byte[] alpha, int row, int width) {
        for (int at = row + 1; at < row + width; at++) {
            alpha[at] += alpha[at - 1];
        }
    }

    private static void vertical(byte[] alpha, int row, int width) {
        for (int at = row + 1; at < row + width; at++) {
            alpha[at] += alpha[at - width];
        }
    }

    private static void gradient(byte[] alpha, int row, int width) {
        for (int at = row + 1; at < row + width; at++) {
            int left = alpha[at - 1] & 0xFF;
            int above = alpha[at - width] & 0xFF;
            int corner = alpha[at - width - 1] & 0xFF;
            alpha[at] += (byte) Math.min(Math.max(left + above - corner, 0), 255);
        }
    }
}
