package imagefunctions.webp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.webp.format.WebpFile;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadmeTest {
    private static final Path PICTURE = Path.of("src", "test", "resources", "webp", "lossless-alpha.webp");
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theProgramOfTheReadmeRuns(@TempDir Path folder) throws Exception {
        Matcher program = PROGRAM.matcher(Files.readString(Path.of("README.md")));
        assertThat(program.find()).isTrue();
        Path source = Files.writeString(folder.resolve("ToPng.java"), program.group(1));
        Path result = folder.resolve("picture.png");

        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--class-path",
                        System.getProperty("java.class.path"),
                        source.toString(),
                        PICTURE.toString(),
                        result.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(java.getInputStream().readAllBytes(), UTF_8)).isEmpty();
        assertThat(java.waitFor()).isZero();
        BufferedImage png = ImageIO.read(result.toFile());
        WebpPixels pixels = WebpPixels.decode(WebpFile.parse(Files.readAllBytes(PICTURE)));
        for (int at = 0; at < pixels.width() * pixels.height(); at++) {
            int argb = png.getRGB(at % pixels.width(), at / pixels.width());
            assertThat((byte) argb).isEqualTo(pixels.bgr()[3 * at]);
            assertThat((byte) (argb >> 24)).isEqualTo(pixels.alpha().orElseThrow()[at]);
        }
    }
}
