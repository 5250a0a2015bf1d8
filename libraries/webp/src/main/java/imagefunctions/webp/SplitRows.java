package imagefunctions.webp;

import imagefunctions.webp.lossless.LosslessDecoder;
import java.util.Arrays;
import java.util.Optional;

/** Takes rows of a lossless picture apart, into colours and, if any pixel is not opaque, alpha. */
final class SplitRows implements LosslessDecoder.Rows {
    private final int width;
    private final int height;
    private byte[] bgr = new byte[0];
    private Optional<byte[]> alpha = Optional.empty();

    SplitRows(int width, int height) {
        this.width = width;
        this.height = height;
    }

    @Override
    public void take(int y, int[] argb) {
        if (y == 0) {
            bgr = new byte[3 * width * height];
        }
        int common = 0xFF000000;
        for (int x = 0, to = 3 * y * width; x < width; x++, to += 3) {
            int pixel = argb[x];
            common &= pixel;
            bgr[to] = (byte) pixel;
            bgr[to + 1] = (byte) (pixel >> 8);
            bgr[to + 2] = (byte) (pixel >> 16);
        }
        if (common != 0xFF000000 && alpha.isEmpty()) {
            alpha = Optional.of(opaque(width * height));
        }
        if (common != 0xFF000000) {
            byte[] plane = alpha.orElseThrow();
            for (int x = 0, to = y * width; x < width; x++, to++) {
                plane[to] = (byte) (argb[x] >>> 24);
            }
        }
    }

    private static byte[] opaque(int pixels) {
        byte[] alpha = new byte[pixels];
        Arrays.fill(alpha, (byte) 0xFF);
        return alpha;
    }

    WebpPixels pixels() {
        return new WebpPixels(width, height, bgr, alpha);
    }
}
