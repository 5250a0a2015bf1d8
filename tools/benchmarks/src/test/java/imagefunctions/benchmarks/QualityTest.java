package imagefunctions.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityTest {
    private static final int SIDE = 32;

    private final Path folder;

    QualityTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aPictureIsWhollyLikeItself() throws IOException {
        Quality quality = Quality.of(stripes(80, 160), stripes(80, 160));
        assertThat(quality.psnr()).isInfinite();
        assertThat(quality.ssim()).isCloseTo(1, within(1e-9));
    }

    /** With no structure the luminance alone is compared: (2 a b + c) / (a a + b b + c), c = 6.5025. */
    @ParameterizedTest
    @CsvSource({"100, 101, 48.131, 0.99995", "100, 110, 28.131, 0.99548", "10, 200, 2.556, 0.09990"})
    void flatPicturesDifferByTheirBrightness(int one, int other, double psnr, double ssim) throws IOException {
        Quality quality = Quality.of(painted("one", (x, y) -> one), painted("other", (x, y) -> other));
        assertThat(quality.psnr()).isCloseTo(psnr, within(0.001));
        assertThat(quality.ssim()).isCloseTo(ssim, within(0.00001));
    }

    @Test
    void lostStructureCountsMoreThanBrightness() throws IOException {
        Path stripes = stripes(80, 160);
        Path brighter = stripes(120, 200);
        Path flat = painted("flat", (x, y) -> 120);
        assertThat(Quality.of(brighter, stripes).psnr())
                .isCloseTo(Quality.of(flat, stripes).psnr(), within(1e-9));
        assertThat(Quality.of(brighter, stripes).ssim()).isGreaterThan(0.9);
        assertThat(Quality.of(flat, stripes).ssim()).isLessThan(0.1);
    }

    private Path stripes(int dark, int bright) throws IOException {
        return painted("stripes-" + dark, (x, y) -> x % 8 < 4 ? dark : bright);
    }

    private Path painted(String name, IntBinaryOperator grey) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write("P6\n%d %d\n255\n".formatted(SIDE, SIDE).getBytes(StandardCharsets.US_ASCII));
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    out.write(grey.applyAsInt(x, y));
                }
            }
        }
        return Files.write(folder.resolve(name + ".ppm"), out.toByteArray());
    }
}
