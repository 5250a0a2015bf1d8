package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The back-up of docs/operating.md, made and restored. */
final class BackupIT {
    private final Path folder;

    BackupIT(@TempDir Path folder) {
        this.folder = folder;
    }

    private LocalGatewayProcess gateway() throws IOException {
        return LocalGatewayProcess.start(Map.of(
                "IMAGE_FUNCTIONS_S3_FOLDER", data("s3"),
                "IMAGE_FUNCTIONS_SPOOL_FOLDER", data("spool"),
                "IMAGE_FUNCTIONS_RUNS_FOLDER", data("runs"),
                "IMAGE_FUNCTIONS_GET_BUCKETS", "kept"));
    }

    private String data(String name) {
        return folder.resolve("data").resolve(name).toString();
    }

    private void run(String command) throws Exception {
        Process bash = new ProcessBuilder("bash", "-ec", command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(bash.waitFor()).isZero();
    }

    private String s3(LocalGatewayProcess gateway, String path, String... arguments) throws Exception {
        Map<String, String> key = Files.readAllLines(Path.of(data("s3"), "access-key")).stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        String endpoint = Curl.of(gateway.at("/system/buckets").toString())
                .output()
                .replaceFirst("(?s).*\"endpoint\":\"([^\"]*)\".*", "$1");
        List<String> all = new ArrayList<>(List.of(
                "--fail",
                "--aws-sigv4",
                "aws:amz:us-east-1:s3",
                "-H",
                "x-amz-content-sha256: UNSIGNED-PAYLOAD",
                "--user",
                key.get("minio_access_key") + ":" + key.get("minio_secret_key"),
                endpoint + path));
        all.addAll(List.of(arguments));
        Curl curl = Curl.of(all.toArray(String[]::new));
        assertThat(curl.exit()).as(curl.output()).isZero();
        return curl.output();
    }

    @Test
    void objectsWithTheirTypesAndCallsThatFailedAreThereAgain() throws Exception {
        try (LocalGatewayProcess gateway = gateway()) {
            awaitOutput(gateway, "/system/buckets", "\"state\":\"on\"");
            s3(gateway, "/kept", "-X", "PUT");
            s3(
                    gateway,
                    "/kept/seeding.jpg",
                    "--upload-file",
                    "../../docs/pictures/seeding.jpg",
                    "-H",
                    "Content-Type: image/jpeg",
                    "-H",
                    "x-amz-meta-place: meadow");
            Curl.of(
                    "-d",
                    "no picture",
                    "-H",
                    "X-Call-Id: of-yesterday",
                    gateway.at("/async-function/bw").toString());
            awaitOutput(gateway, "/system/async/of-yesterday", "\"state\":\"dead\"");
            gateway.terminate();
            gateway.status();
        }

        List<String> recipes = DocsPage.OPERATING.blocks("Back-up", "");
        run(recipes.get(0));
        run("mv data data-that-was-lost");
        run(recipes.get(1));

        try (LocalGatewayProcess gateway = gateway()) {
            awaitOutput(gateway, "/system/buckets", "\"state\":\"on\"");
            assertThat(s3(gateway, "/kept/seeding.jpg", "--head"))
                    .containsIgnoringCase("Content-Type: image/jpeg")
                    .containsIgnoringCase("x-amz-meta-place: meadow");
            awaitOutput(gateway, "/system/async/of-yesterday", "\"state\":\"dead\"");
        }
    }

    private static void awaitOutput(LocalGatewayProcess gateway, String path, String part) throws IOException {
        String url = gateway.at(path).toString();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Curl.of(url).output().replace(" ", "").contains(part));
    }
}
