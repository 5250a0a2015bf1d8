package imagefunctions.localgateway.runs;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.localgateway.LocalGatewayProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph of a run, once the file of its workflow says something else. */
final class RunGraphIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private Path folder = Path.of("");

    private LocalGatewayProcess gateway(String function) throws IOException {
        Files.writeString(folder.resolve("kept.yml"), """
                workflow:
                  durable: true
                  steps:
                    - function: %s
                """.formatted(function));
        return LocalGatewayProcess.start(Map.of(
                "IMAGE_FUNCTIONS_WORKFLOWS", folder.toString(),
                "IMAGE_FUNCTIONS_RUNS_FOLDER", folder.resolve("runs").toString()));
    }

    private static HttpResponse<String> get(LocalGatewayProcess gateway, String path) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(gateway.at(path)).build(), BodyHandlers.ofString());
    }

    @Test
    void aRunIsDrawnAsItBegan() throws Exception {
        try (LocalGatewayProcess gateway = gateway("draft")) {
            HttpRequest call = HttpRequest.newBuilder(gateway.at("/function/chaining?workflow=kept"))
                    .POST(BodyPublishers.ofFile(Path.of("../../docs/pictures/seeding.jpg")))
                    .header("X-Call-Id", "my-run")
                    .build();
            assertThat(CLIENT.send(call, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
        try (LocalGatewayProcess gateway = gateway("bw")) {
            assertThat(get(gateway, "/system/runs/my-run/graph").body())
                    .contains("\"draft\"")
                    .doesNotContain("\"bw\"");
            assertThat(get(gateway, "/system/runs/no-run/graph").statusCode()).isEqualTo(404);
        }
    }
}
