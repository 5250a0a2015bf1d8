package imagefunctions.jpeg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.jpeg.format.JpegFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadmeTest {
    private static final Path PHOTO = Path.of("src", "test", "resources", "jpeg", "odd-420.jpg");
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theProgramOfTheReadmeRuns(@TempDir Path folder) throws Exception {
        Matcher program = PROGRAM.matcher(Files.readString(Path.of("README.md")));
        assertThat(program.find()).isTrue();
        Path source = Files.writeString(folder.resolve("Thumbnail.java"), program.group(1));
        Path result = folder.resolve("thumbnail.jpg");

        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--class-path",
                        System.getProperty("java.class.path"),
                        source.toString(),
                        PHOTO.toString(),
                        result.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(java.getInputStream().readAllBytes(), UTF_8)).isEmpty();
        assertThat(java.waitFor()).isZero();
        JpegFile thumbnail = JpegFile.parse(Files.readAllBytes(result));
        assertThat(thumbnail.width()).isEqualTo(72);
        assertThat(thumbnail.height()).isEqualTo(128);
        assertThat(thumbnail.components()).isEqualTo(1);
    }
}
