package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MutationTest {

    private static final int ROUNDS = 500;
    private static final Imaging IMAGING = new Imaging(new Limits(500_000));

    @ParameterizedTest
    @EnumSource(names = "WEBP", mode = EnumSource.Mode.EXCLUDE)
    void aBrokenFileGivesAPictureOrATypedError(Format format) {
        byte[] file = Photos.file(format);
        Random random = new Random(file.length);
        List<String> leaks = new ArrayList<>();
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try {
                IMAGING.run(broken(file, random), Recipe.THUMBNAIL.with(Map.of()));
            } catch (ImageException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                leaks.add(round + ": " + e);
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(refused).isBetween(ROUNDS / 20, ROUNDS - 1);
    }

    /** Up to six bytes changed, half of the time near the start; every fifth file cut as well. */
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
