package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file with a line for each request. */
final class AccessLogIT {
    private static final String CONTEXT = "127.0.0.1 - - \\[[^\\]]+] ";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyRequestIsALineWhateverAnswersIt() throws Exception {
        Path log = folder.resolve("new/access.log");
        try (LocalGatewayProcess gateway =
                LocalGatewayProcess.start(Map.of("IMAGE_FUNCTIONS_ACCESS_LOG", log.toString()))) {
            curl(gateway, "/function/bw?quality=50", "-H", "X-Call-Id: called", "--data-binary", "no picture");
            curl(gateway, "/function/bw", "-H", "X-Call-Id: asked", "-A", "tester/1", "-e", "http://localhost/x");
            curl(gateway, "/async-function/bw", "-H", "X-Call-Id: queued", "-d", "x");
            curl(gateway, "/system/functions");
            curl(gateway, "/nothing");
            curl(gateway, "/function/bw", "-H", "Host: elsewhere.example");

            await().until(() -> Files.readAllLines(log).size() == 6);
            List<String> lines = Files.readAllLines(log);
            assertThat(lines.get(0))
                    .matches(
                            CONTEXT
                                    + "\"POST /function/bw\\?quality=50 HTTP/1.1\" 415 \\d+ \"-\" \"curl/.*\" called 0\\.\\d{6}");
            assertThat(lines.get(1))
                    .matches(
                            CONTEXT
                                    + "\"GET /function/bw HTTP/1.1\" 200 \\d+ \"http://localhost/x\" \"tester/1\" asked 0\\.\\d{6}");
            assertThat(lines.get(2))
                    .matches(CONTEXT + "\"POST /async-function/bw HTTP/1.1\" 202 - \"-\" \"curl/.*\" queued -");
            assertThat(lines.get(3)).contains("\"GET /system/functions HTTP/1.1\" 200 ");
            assertThat(lines.get(4)).contains("\"GET /nothing HTTP/1.1\" 404 ");
            assertThat(lines.get(5)).contains("\"GET /function/bw HTTP/1.1\" 421 ");
            assertThat(gateway.log()).doesNotContain("HTTP/1.1\" 404");
        }
    }

    @Test
    void theFileIsLimited() throws Exception {
        try (LocalGatewayProcess gateway = LocalGatewayProcess.start(Map.of(
                "IMAGE_FUNCTIONS_ACCESS_LOG",
                folder.resolve("access.log").toString(),
                "QUARKUS_LOG_HANDLER_FILE_ACCESS_ROTATION_MAX_FILE_SIZE",
                "500"))) {
            curl(gateway, "/nothing?[1-60]");

            await().until(() -> files().size() == 5);
            assertThat(files())
                    .containsExactly("access.log", "access.log.1", "access.log.2", "access.log.3", "access.log.4");
            for (String file : files()) {
                assertThat(Files.size(folder.resolve(file))).isLessThan(1000);
            }
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileThatCannotBeWrittenEndsTheStart() throws Exception {
        try (LocalGatewayProcess gateway =
                LocalGatewayProcess.launch(Map.of("IMAGE_FUNCTIONS_ACCESS_LOG", folder.toString()))) {
            assertThat(gateway.status()).isEqualTo(1);
            assertThat(gateway.log())
                    .contains("IMAGE_FUNCTIONS_ACCESS_LOG is " + folder)
                    .doesNotContain("\tat imagefunctions");
        }
    }

    private static void curl(LocalGatewayProcess gateway, String path, String... arguments) throws Exception {
        Curl.of(Stream.concat(Stream.of(gateway.at("") + path), Stream.of(arguments))
                .toArray(String[]::new));
    }
}
