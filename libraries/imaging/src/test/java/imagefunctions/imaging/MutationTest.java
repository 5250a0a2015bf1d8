package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.error.ImageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MutationTest {

    private static final int ROUNDS = 60;
    private static final int LEAST_REFUSED = 4;
    private static final Imaging IMAGING = new Imaging(new PixelLimit(500_000));

    static List<String> files() {
        return Fixtures.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aCorruptFileGivesAPictureOrATypedError(String name) {
        byte[] file = Fixtures.file(name);
        Random random = new Random(name.hashCode());
        List<String> leaks = new ArrayList<>();
        int refused = 0;
        for (int round = 0; round < ROUNDS && file.length > 0; round++) {
            Recipe recipe = Recipe.all().get(round % Recipe.all().size());
            try {
                IMAGING.run(broken(file, random), recipe.with(Map.of()));
            } catch (ImageException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                leaks.add("round " + round + ": " + e);
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(refused).isGreaterThanOrEqualTo(file.length == 0 ? 0 : LEAST_REFUSED);
    }

    /** The file with up to six bytes changed, half of the time near the start, and every fifth time truncated. */
    private static byte[] broken(byte[] file, Random random) {
        byte[] broken = file.clone();
        int reach = random.nextBoolean() ? Math.min(file.length, 700) : file.length;
        for (int change = random.nextInt(6); change >= 0; change--) {
            int at = random.nextInt(reach);
            broken[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) random.nextInt(256);
                case 1 -> (byte) (broken[at] ^ 1 << random.nextInt(8));
                case 2 -> (byte) 0xFF;
                default -> 0;
            };
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(broken, random.nextInt(file.length)) : broken;
    }
}
