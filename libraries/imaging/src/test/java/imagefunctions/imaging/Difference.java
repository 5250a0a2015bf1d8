package imagefunctions.imaging;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Measures of how much two pictures of the same size differ. */
final class Difference {

    private static final int WINDOW = 11;
    private static final double SIGMA = 1.5;

    private Difference() {}

    /** The mean absolute difference of all samples, 0 to 255. */
    static double mean(BufferedImage one, BufferedImage other) {
        double sum = 0;
        for (int band = 0; band < 3; band++) {
            double[] alone = new double[3];
            alone[band] = 1;
            sum += mean(weighted(one, alone), weighted(other, alone));
        }
        return sum / 3;
    }

    /** The mean of luma. */
    static double brightness(BufferedImage image) {
        return Arrays.stream(luma(image))
                .flatMapToDouble(Arrays::stream)
                .average()
                .orElseThrow();
    }

    private static double mean(double[][] one, double[][] other) {
        double sum = 0;
        for (int y = 0; y < one.length; y++) {
            for (int x = 0; x < one[y].length; x++) {
                sum += Math.abs(one[y][x] - other[y][x]);
            }
        }
        return sum / ((double) one.length * one[0].length);
    }

    /**
     * The structural similarity of luma (Wang et al., IEEE Trans. Image Processing 13, 2004): the mean over all
     * complete windows of 11 x 11 Gaussian weights, or over a single window if the picture is smaller.
     */
    static double structuralSimilarity(BufferedImage one, BufferedImage other) {
        double[][] x = luma(one);
        double[][] y = luma(other);
        double[][] meanX = smooth(x);
        double[][] meanY = smooth(y);
        double[][] squareX = smooth(product(x, x));
        double[][] squareY = smooth(product(y, y));
        double[][] both = smooth(product(x, y));
        double c1 = Math.pow(0.01 * 255, 2);
        double c2 = Math.pow(0.03 * 255, 2);
        double sum = 0;
        for (int row = 0; row < meanX.length; row++) {
            for (int column = 0; column < meanX[row].length; column++) {
                double mx = meanX[row][column];
                double my = meanY[row][column];
                double vx = squareX[row][column] - mx * mx;
                double vy = squareY[row][column] - my * my;
                double covariance = both[row][column] - mx * my;
                sum += (2 * mx * my + c1) * (2 * covariance + c2) / ((mx * mx + my * my + c1) * (vx + vy + c2));
            }
        }
        return sum / (meanX.length * meanX[0].length);
    }

    private static double[][] luma(BufferedImage image) {
        return weighted(image, new double[] {0.299, 0.587, 0.114});
    }

    /** A weighted sum of red, green and blue as stored; getRGB would treat grey samples as linear light. */
    private static double[][] weighted(BufferedImage image, double[] weights) {
        int bands = image.getRaster().getNumBands();
        int width = image.getWidth();
        int[] row = new int[width * bands];
        double[][] plane = new double[image.getHeight()][width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRaster().getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int band = 0; band < 3; band++) {
                    plane[y][x] += weights[band] * row[x * bands + Math.min(band, bands - 1)];
                }
            }
        }
        return plane;
    }

    private static double[][] product(double[][] one, double[][] other) {
        double[][] product = new double[one.length][one[0].length];
        for (int y = 0; y < one.length; y++) {
            for (int x = 0; x < one[y].length; x++) {
                product[y][x] = one[y][x] * other[y][x];
            }
        }
        return product;
    }

    private static double[][] smooth(double[][] plane) {
        return transposed(smoothRows(transposed(smoothRows(plane))));
    }

    private static double[][] smoothRows(double[][] plane) {
        int window = Math.min(WINDOW, plane[0].length);
        double[] weights = new double[window];
        double total = 0;
        for (int i = 0; i < window; i++) {
            double distance = i - (window - 1) / 2.0;
            weights[i] = Math.exp(-distance * distance / (2 * SIGMA * SIGMA));
            total += weights[i];
        }
        for (int i = 0; i < window; i++) {
            weights[i] /= total;
        }
        double[][] smooth = new double[plane.length][plane[0].length - window + 1];
        for (int y = 0; y < smooth.length; y++) {
            for (int x = 0; x < smooth[y].length; x++) {
                double sum = 0;
                for (int i = 0; i < window; i++) {
                    sum += plane[y][x + i] * weights[i];
                }
                smooth[y][x] = sum;
            }
        }
        return smooth;
    }

    private static double[][] transposed(double[][] plane) {
        double[][] transposed = new double[plane[0].length][plane.length];
        for (int y = 0; y < plane.length; y++) {
            for (int x = 0; x < plane[y].length; x++) {
                transposed[x][y] = plane[y][x];
            }
        }
        return transposed;
    }
}
