package imagefunctions.jpeg.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegerIdctTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void blocksSideBySideAreThoseOfTheSlowTransform(int size) {
        Random random = new Random(size);
        IntegerIdct idct = new IntegerIdct(size);
        for (int round = 0; round < 100; round++) {
            int blocks = random.nextInt(1, IntegerIdct.LANES + 1);
            int[][] coefficients = new int[blocks][64];
            idct.clear();
            for (int lane = 0; lane < blocks; lane++) {
                for (int n = random.nextInt(65); n > 0; n--) {
                    int natural = random.nextInt(64);
                    coefficients[lane][natural] = random.nextInt(-1200, 1200) / random.nextInt(1, 20);
                    idct.set(natural, lane, coefficients[lane][natural]);
                }
            }
            int stride = blocks * size;
            byte[] samples = new byte[size * stride];
            idct.transform(blocks, samples, 0, stride);
            for (int lane = 0; lane < blocks; lane++) {
                int[] expected = SlowIdct.samples(coefficients[lane], size);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(samples[i / size * stride + lane * size + i % size] & 0xFF)
                            .as("round %d, block %d, sample %d", round, lane, i)
                            .isEqualTo(expected[i]);
                }
            }
        }
    }
}
