package imagefunctions.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How alike a picture is to a reference.
 *
 * @param psnr peak signal-to-noise ratio of red, green and blue together, in dB
 * @param ssim structural similarity of the luma, with a Gaussian window of 11 x 11 and sigma 1.5 (Z. Wang et al., 2004)
 */
record Quality(double psnr, double ssim) {
    private static final int RADIUS = 5;
    private static final double[] WINDOW = window();
    private static final double C1 = Math.pow(0.01 * 255, 2);
    private static final double C2 = Math.pow(0.03 * 255, 2);

    /** Of two files in the binary PPM format, of one size. */
    static Quality of(Path picture, Path reference) throws IOException {
        Pixels one = Pixels.read(picture);
        Pixels other = Pixels.read(reference);
        double squares = 0;
        for (int i = 0; i < one.rgb.length; i++) {
            int difference = (one.rgb[i] & 0xff) - (other.rgb[i] & 0xff);
            squares += difference * difference;
        }
        return new Quality(10 * Math.log10(255.0 * 255.0 * one.rgb.length / squares), ssim(one, other));
    }

    private static double ssim(Pixels one, Pixels other) {
        double[] x = one.luma();
        double[] y = other.luma();
        double[] meanX = one.blurred(x);
        double[] meanY = one.blurred(y);
        double[] squareX = one.blurred(product(x, x));
        double[] squareY = one.blurred(product(y, y));
        double[] both = one.blurred(product(x, y));
        double sum = 0;
        for (int i = 0; i < meanX.length; i++) {
            double means = meanX[i] * meanY[i];
            double powers = meanX[i] * meanX[i] + meanY[i] * meanY[i];
            sum += (2 * means + C1)
                    * (2 * (both[i] - means) + C2)
                    / ((powers + C1) * (squareX[i] + squareY[i] - powers + C2));
        }
        return sum / meanX.length;
    }

    private static double[] product(double[] x, double[] y) {
        double[] product = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            product[i] = x[i] * y[i];
        }
        return product;
    }

    private static double[] window() {
        double[] window = new double[2 * RADIUS + 1];
        double sum = 0;
        for (int i = 0; i < window.length; i++) {
            window[i] = Math.exp(-Math.pow(i - RADIUS, 2) / (2 * 1.5 * 1.5));
            sum += window[i];
        }
        for (int i = 0; i < window.length; i++) {
            window[i] /= sum;
        }
        return window;
    }

    private static final class Pixels {
        private final int width;
        private final int height;
        private final byte[] rgb;

        private Pixels(int width, int height, byte[] rgb) {
            this.width = width;
            this.height = height;
            this.rgb = rgb;
        }

        static Pixels read(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            String[] header =
                    new String(bytes, 0, Math.min(bytes.length, 40), StandardCharsets.ISO_8859_1).split("\\s", 5);
            int width = Integer.parseInt(header[1]);
            int height = Integer.parseInt(header[2]);
            byte[] rgb = new byte[width * height * 3];
            System.arraycopy(bytes, bytes.length - rgb.length, rgb, 0, rgb.length);
            return new Pixels(width, height, rgb);
        }

        double[] luma() {
            double[] luma = new double[width * height];
            for (int i = 0; i < luma.length; i++) {
                luma[i] =
                        0.299 * (rgb[3 * i] & 0xff) + 0.587 * (rgb[3 * i + 1] & 0xff) + 0.114 * (rgb[3 * i + 2] & 0xff);
            }
            return luma;
        }

        /** The mean around each sample whose window lies within the picture. */
        double[] blurred(double[] samples) {
            int across = width - 2 * RADIUS;
            int down = height - 2 * RADIUS;
            double[] rows = new double[across * height];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < across; x++) {
                    double sum = 0;
                    for (int i = 0; i < WINDOW.length; i++) {
                        sum += WINDOW[i] * samples[y * width + x + i];
                    }
                    rows[y * across + x] = sum;
                }
            }
            double[] blurred = new double[across * down];
            for (int i = 0; i < blurred.length; i++) {
                double sum = 0;
                for (int j = 0; j < WINDOW.length; j++) {
                    sum += WINDOW[j] * rows[i + j * across];
                }
                blurred[i] = sum;
            }
            return blurred;
        }
    }
}
