package imagefunctions.jpeg.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegerIdctTest {
    @ParameterizedTest
    @CsvSource({"2, 2", "4, 4", "8, 8", "8, 4", "4, 8", "2, 8"})
    void blocksSideBySideAreThoseOfTheSlowTransform(int width, int height) {
        Random random = new Random(width);
        IntegerIdct idct = new IntegerIdct(width, height);
        for (int round = 0; round < 100; round++) {
            int blocks = random.nextInt(1, IntegerIdct.LANES + 1);
            int rows = random.nextInt(1, 9);
            int columns = random.nextInt(1, 9);
            long set = 0;
            int[][] coefficients = new int[blocks][64];
            idct.clear();
            for (int lane = 0; lane < blocks; lane++) {
                for (int n = random.nextInt(65); n > 0; n--) {
                    int natural = random.nextInt(rows) * 8 + random.nextInt(columns);
                    set |= 1L << natural;
                    coefficients[lane][natural] = random.nextInt(-1200, 1200) / random.nextInt(1, 20);
                    idct.set(natural, lane, coefficients[lane][natural]);
                }
            }
            int stride = blocks * width;
            byte[] samples = new byte[height * stride];
            idct.transform(blocks, set, samples, 0, stride);
            for (int lane = 0; lane < blocks; lane++) {
                int[] expected = SlowIdct.samples(coefficients[lane], width, height);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(samples[i / width * stride + lane * width + i % width] & 0xFF)
                            .as("round %d, block %d, sample %d", round, lane, i)
                            .isEqualTo(expected[i]);
                }
            }
        }
    }
}
