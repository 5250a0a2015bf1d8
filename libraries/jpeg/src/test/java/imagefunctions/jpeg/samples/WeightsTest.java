package imagefunctions.jpeg.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-4);

    /** The samples are those of the inverse DCT by its formula, and are weighed without any folding. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void weightsOfCoefficientsGiveWhatThoseOfSamplesGive(int size) {
        Random random = new Random(size);
        float[] coefficients = new float[9 * size];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = random.nextFloat() * 200 - 100;
        }
        for (int count = 1; count < 3 * size; count++) {
            int first = random.nextInt(coefficients.length - count + 1);
            float[] line = new float[count];
            double expected = 0;
            for (int i = 0; i < count; i++) {
                line[i] = random.nextFloat() - 0.3f;
                expected += line[i] * sample(coefficients, size, first + i);
            }
            Weights folded = new Weights(new int[] {first}, new float[][] {line}).ofCoefficients(size);
            double sum = 0;
            for (int j = 0; j < folded.weights()[0].length; j++) {
                sum += folded.weights()[0][j] * coefficients[folded.first()[0] + j];
            }
            assertThat(sum).as("%d samples from %d", count, first).isCloseTo(expected, Offset.offset(1e-3));
        }
    }

    private static double sample(float[] coefficients, int size, int at) {
        double sample = coefficients[at / size * size];
        for (int k = 1; k < size; k++) {
            double turn = (2 * (at % size) + 1) * k * Math.PI / (2 * size);
            sample += Math.sqrt(2) * Math.cos(turn) * coefficients[at / size * size + k];
        }
        return sample;
    }

    @Test
    void meansAreSharpenedByAsMuchAsTheyAreSofter() {
        int count = 64;
        float[] line = new float[count];
        line[20] = 1;
        Weights sharpened = new Weights(new int[] {0}, new float[][] {line}).ofMeans(count);
        for (double waves : new double[] {0, 0.05, 0.1, 0.2}) {
            double sum = 0;
            for (int j = 0; j < count; j++) {
                sum += sharpened.weights()[0][j] * mean(waves, j);
            }
            double sample = Math.cos(2 * Math.PI * waves * 20);
            double error = Math.abs(mean(waves, 20) - sample);
            assertThat(Math.abs(sum - sample)).as("%s waves a sample", waves).isLessThanOrEqualTo(error / 4 + 1e-6);
        }
    }

    /** The mean of a wave over the width of a sample. */
    private static double mean(double waves, int at) {
        double half = Math.PI * waves;
        return Math.cos(2 * half * at) * (waves == 0 ? 1 : Math.sin(half) / half);
    }

    @Test
    void meansAtTheEdgeKeepTheirSum() {
        Weights sharpened = new Weights(new int[] {0, 2}, new float[][] {{0.5f, 0.5f}, {1}}).ofMeans(3);
        for (float[] line : sharpened.weights()) {
            double sum = 0;
            for (float weight : line) {
                sum += weight;
            }
            assertThat(sum).isCloseTo(1, ROUNDING);
        }
    }
}
