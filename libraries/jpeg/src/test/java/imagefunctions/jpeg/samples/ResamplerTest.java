package imagefunctions.jpeg.samples;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.jpeg.format.Cores;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
    /** Of all planes, one after the other. */
    private static final Strip STRIP = new Strip();

    /** Among them strips that are full, or begun, and sums of more and of less than eight lines. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1, 1", "40, 30, 7, 5, 9", "97, 301, 33, 257, 8", "20, 9, 50, 40, 17", "3000, 40, 20, 40, 3"})
    void samplesAreThoseOfTheSlowSumsToTheBit(int fromWidth, int fromHeight, int width, int height, int counting) {
        Random random = new Random(counting);
        byte[] samples = new byte[fromWidth * fromHeight];
        random.nextBytes(samples);
        Plane source = Plane.of(samples, fromWidth, fromHeight);
        Weights across = weights(random, fromWidth, width, counting);
        Weights down = weights(random, fromHeight, height, counting);
        Plane fast = Resampler.resample(source, across, down, STRIP, Cores.ONE);
        assertThat(fast.width()).isEqualTo(width);
        assertThat(fast.height()).isEqualTo(height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                assertThat(fast.samples()[y * width + x])
                        .as("sample %d, %d", x, y)
                        .isEqualTo(slow(source, across, down, x, y));
            }
        }
    }

    private static Weights weights(Random random, int from, int to, int counting) {
        int[] first = new int[to];
        float[][] weights = new float[to][];
        for (int i = 0; i < to; i++) {
            weights[i] = new float[Math.min(from, random.nextInt(1, counting + 1))];
            first[i] = Math.min(i * from / to, from - weights[i].length);
            for (int j = 0; j < weights[i].length; j++) {
                weights[i][j] = (random.nextFloat() - 0.3f) / counting;
            }
        }
        return new Weights(first, weights);
    }

    private static byte slow(Plane source, Weights across, Weights down, int x, int y) {
        float total = 0;
        for (int i = 0; i < across.weights()[x].length; i++) {
            float sum = 0;
            for (int j = 0; j < down.weights()[y].length; j++) {
                int at = (down.first()[y] + j) * source.width() + across.first()[x] + i;
                sum += ((source.samples()[at] & 0xFF) - 128) * down.weights()[y][j];
            }
            total += sum * across.weights()[x][i];
        }
        return (byte) Math.clamp((int) (total + 128.5f), 0, 255);
    }

    @Test
    void weightsOfAFilterAreItsValuesWithASumOfOne() {
        Weights weights = Lanczos.weights(750, new Lanczos.Axis(512, 1, 512, 750 / 512.0, false));
        double stretch = 750 / 512.0;
        for (int i = 0; i < 512; i++) {
            double[] expected = new double[weights.weights()[i].length];
            double sum = 0;
            for (int j = 0; j < expected.length; j++) {
                expected[j] = lanczos((weights.first()[i] + j + 0.5) / stretch - (i + 0.5));
                sum += expected[j];
            }
            for (int j = 0; j < expected.length; j++) {
                assertThat(weights.weights()[i][j])
                        .isCloseTo((float) (expected[j] / sum), org.assertj.core.data.Offset.offset(1e-7f));
            }
        }
    }

    private static double lanczos(double x) {
        double turn = Math.PI * x;
        return x == 0 ? 1 : Math.abs(x) < 3 ? 3 * Math.sin(turn) * Math.sin(turn / 3) / (turn * turn) : 0;
    }
}
