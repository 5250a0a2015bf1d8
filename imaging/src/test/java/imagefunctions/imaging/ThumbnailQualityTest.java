package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailQualityTest {

    private static final double LOBES = 3;
    private static final double SIMILARITY = 0.98;
    private static final double WORSE_THAN_PILLOW = 0.005;

    /**
     * Boxes for which an eighth, a quarter or half of the picture is just enough to start from. Pillow's similarity is
     * that of Pillow 9.4's {@code thumbnail}, at quality 97 too, with its own Lanczos of the whole picture.
     */
    @ParameterizedTest
    @CsvSource({
        "seeding.jpg, 128, 0.9941",
        "seeding.jpg, 126, 0.9941",
        "mountains.jpg, 106, 0.9928",
        "mountains.jpg, 212, 0.9919",
        "mountains.jpg, 422, 0.9914",
        "map.jpg, 222, 0.9906",
        "map.jpg, 444, 0.9925",
        "portrait.jpg, 118, 0.9936",
        "brushes.jpg, 90, 0.9942"
    })
    void thumbnailsAreAsGoodAsIfTheWholePictureHadBeenRead(String name, String box, double pillows) {
        byte[] photo = Fixtures.photo(name);
        BufferedImage thumbnail = Photos.read(
                Photos.run(Recipe.THUMBNAIL, photo, "width=" + box, "height=" + box, "quality=97", "autorotate=false"));
        BufferedImage whole = lanczos(Photos.read(photo), thumbnail.getWidth(), thumbnail.getHeight());
        assertThat(Difference.structuralSimilarity(thumbnail, whole))
                .isGreaterThanOrEqualTo(SIMILARITY)
                .isGreaterThanOrEqualTo(pillows - WORSE_THAN_PILLOW);
    }

    /** The picture's luma in another size, by Lanczos' filter in double precision. */
    private static BufferedImage lanczos(BufferedImage image, int width, int height) {
        double[][] narrow = new double[image.getHeight()][];
        double[][] across = weights(image.getWidth(), width);
        for (int y = 0; y < narrow.length; y++) {
            narrow[y] = resized(luma(image, y), across);
        }
        double[][] down = weights(image.getHeight(), height);
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < width; x++) {
            int column = x;
            double[] line = resized(
                    Arrays.stream(narrow).mapToDouble(row -> row[column]).toArray(), down);
            for (int y = 0; y < height; y++) {
                small.getRaster().setSample(x, y, 0, Math.clamp(Math.round(line[y]), 0, 255));
            }
        }
        return small;
    }

    private static double[] luma(BufferedImage image, int y) {
        int[] samples = image.getRaster().getPixels(0, y, image.getWidth(), 1, (int[]) null);
        double[] luma = new double[image.getWidth()];
        for (int x = 0; x < luma.length; x++) {
            luma[x] = 0.299 * samples[3 * x] + 0.587 * samples[3 * x + 1] + 0.114 * samples[3 * x + 2];
        }
        return luma;
    }

    private static double[] resized(double[] line, double[][] weights) {
        double[] resized = new double[weights.length];
        double scale = (double) line.length / weights.length;
        for (int i = 0; i < resized.length; i++) {
            int first = first(i, scale);
            for (int j = 0; j < weights[i].length; j++) {
                resized[i] += weights[i][j] * line[first + j];
            }
        }
        return resized;
    }

    private static int first(int i, double scale) {
        return (int) Math.max(0, (i + 0.5 - LOBES) * scale);
    }

    /** Of the samples from the first one on, for each of `to`; they add up to one. */
    private static double[][] weights(int from, int to) {
        double scale = (double) from / to;
        double[][] weights = new double[to][];
        for (int i = 0; i < to; i++) {
            int first = first(i, scale);
            int last = (int) Math.min(from, (i + 0.5 + LOBES) * scale);
            double[] line = new double[last - first];
            for (int j = 0; j < line.length; j++) {
                double x = (first + j + 0.5) / scale - (i + 0.5);
                line[j] = Math.abs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0;
            }
            double sum = Arrays.stream(line).sum();
            weights[i] = Arrays.stream(line).map(weight -> weight / sum).toArray();
        }
        return weights;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
