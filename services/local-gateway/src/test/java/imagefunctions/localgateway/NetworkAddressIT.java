package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that listens at one address of a network, and not at the loopback one. */
final class NetworkAddressIT {
    private static final Path PHOTO = Path.of("../../docs/pictures/seeding.thumbnail.jpg");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void itWorksForWorkflowsAndUploadsAndIsWhatIsPrinted(@TempDir Path folder) throws Exception {
        try (NetworkNamespace network = network();
                LocalGatewayProcess gateway = start(network, folder)) {
            String host = network.there();
            assertThat(gateway.at("/").getHost()).isEqualTo(host);
            await().atMost(PATIENCE)
                    .until(() -> curl(gateway, "/system/buckets").output().contains("\"state\":\"on\""));
            assertThat(gateway.log())
                    .contains("Whoever reaches " + host + " can do everything", "S3 is at http://" + host);
            assertThat(curl(
                                    gateway,
                                    "/function/chaining",
                                    "--data-binary",
                                    "@" + PHOTO,
                                    "-o",
                                    "/dev/null",
                                    "-w",
                                    "%{http_code}")
                            .output())
                    .isEqualTo("200");
            try (ObjectStore store = new ObjectStore(new ObjectStoreSettings(
                    endpoint(gateway, host),
                    "us-east-1",
                    "tester",
                    "tester-secret",
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20)))) {
                store.put("incoming", "photo.jpg", PHOTO, "image/jpeg", Map.of());
                await().atMost(PATIENCE)
                        .until(() -> store.stat("processed", "photo.jpg").isPresent());
            }
        }
    }

    private static NetworkNamespace network() {
        try {
            return NetworkNamespace.open();
        } catch (IOException e) {
            return abort("No address but the loopback one is tried, since no network can be made: " + e.getMessage());
        }
    }

    private static LocalGatewayProcess start(NetworkNamespace network, Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", network.there());
        environment.put("IMAGE_FUNCTIONS_S3_FOLDER", folder.toString());
        environment.put("minio_access_key", "tester");
        environment.put("minio_secret_key", "tester-secret");
        return LocalGatewayProcess.launch(network.entry(), List.of(), environment)
                .listening();
    }

    private static Curl curl(LocalGatewayProcess gateway, String path, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[0] = gateway.at(path).toString();
        return Curl.of(all);
    }

    /** Where the log says that S3 is. */
    private static URI endpoint(LocalGatewayProcess gateway, String host) throws IOException {
        String log = gateway.log();
        String from = log.substring(log.indexOf("http://" + host, log.indexOf("S3 is at ")));
        return URI.create(from.substring(0, from.indexOf(',')));
    }
}
