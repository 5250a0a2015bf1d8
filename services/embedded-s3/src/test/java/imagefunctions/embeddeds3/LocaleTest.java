package imagefunctions.embeddeds3;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.testservers.ReservedPort;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocaleTest {

    @Test
    void aProcessWhoseLocaleLacksUtf8StartsNoServer(@TempDir Path folder) throws Exception {
        try (ReservedPort port = new ReservedPort()) {
            ProcessBuilder command = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            LocaleTest.class.getName(),
                            folder.toString(),
                            port.url().toString())
                    .redirectErrorStream(true);
            command.environment().put("LC_ALL", "C");
            Process process = command.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(output).contains("set LC_ALL, or LANG");
        }
    }

    /** What the process runs; it ends where the server starts. */
    public static void main(String[] args) throws Exception {
        EmbeddedS3.start(Path.of(args[0]), URI.create(args[1]), "key", "secret-secret", event -> {})
                .close();
    }
}
