package imagefunctions.folders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a process of its own for each locale. */
final class NameEncodingTest {

    @ParameterizedTest
    @CsvSource({"C, 1", "C.UTF-8, 0"})
    void aLocaleWithoutUtf8IsRefused(String locale, int status) throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NameEncodingTest.class.getName())
                .redirectErrorStream(true);
        command.environment().put("LC_ALL", locale);
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

        assertThat(process.waitFor()).as(output).isEqualTo(status);
        assertThat(output.contains("LANG")).as(output).isEqualTo(status != 0);
    }

    /** What the process runs. */
    public static void main(String[] args) throws IOException {
        NameEncoding.requireUtf8();
    }
}
