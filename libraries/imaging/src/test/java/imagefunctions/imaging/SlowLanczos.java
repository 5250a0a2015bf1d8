package imagefunctions.imaging;

import imagefunctions.imaging.pixels.Picture;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Resizes a picture with a three-lobed Lanczos filter over all of its pixels, in double precision. */
final class SlowLanczos {
    private static final double LOBES = 3;

    private SlowLanczos() {}

    /** The weights of consecutive samples of a line. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Weights(int first, double[] weights) {

        /** The weights for one sample of a resized line. */
        static Weights of(int from, int to, int at) {
            double scale = (double) from / to;
            double stretch = Math.max(scale, 1);
            double centre = (at + 0.5) * scale;
            int first = Math.max(0, (int) (centre - LOBES * stretch - 1));
            int end = Math.min(from, (int) (centre + LOBES * stretch + 2));
            double[] weights = new double[end - first];
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                double x = (first + i + 0.5 - centre) / stretch;
                weights[i] = Math.abs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0;
                sum += weights[i];
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] /= sum;
            }
            return new Weights(first, weights);
        }

        double sum(double[] line) {
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * line[first + i];
            }
            return sum;
        }
    }

    static BufferedImage resize(BufferedImage image, int width, int height) {
        int bands = image.getRaster().getNumBands();
        BufferedImage resized = Picture.pixels(width, height, bands);
        for (int band = 0; band < bands; band++) {
            double[][] columns = new double[width][image.getHeight()];
            Weights[] across = new Weights[width];
            Arrays.setAll(across, x -> Weights.of(image.getWidth(), width, x));
            for (int y = 0; y < image.getHeight(); y++) {
                double[] line = image.getRaster().getSamples(0, y, image.getWidth(), 1, band, (double[]) null);
                for (int x = 0; x < width; x++) {
                    columns[x][y] = across[x].sum(line);
                }
            }
            for (int y = 0; y < height; y++) {
                Weights down = Weights.of(image.getHeight(), height, y);
                for (int x = 0; x < width; x++) {
                    resized.getRaster().setSample(x, y, band, Math.clamp(Math.round(down.sum(columns[x])), 0, 255));
                }
            }
        }
        return resized;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
