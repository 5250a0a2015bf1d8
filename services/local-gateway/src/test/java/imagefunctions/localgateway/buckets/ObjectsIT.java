package imagefunctions.localgateway.buckets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.embeddeds3.EmbeddedS3;
import imagefunctions.localgateway.LocalGatewayProcess;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.testservers.ReservedPort;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects of the packaged gateway, in a store that others write to. */
final class ObjectsIT {
    private static final Path PICTURES = Path.of("../../docs/pictures");

    @ParameterizedTest
    @CsvSource({"seeding.thumbnail.jpg, seeding.jpg", "seeding.jpg, seeding.thumbnail.jpg"})
    void anObjectThatIsReplacedBeforeItIsReadIsNotAnsweredInPart(
            String looked, String replacement, @TempDir Path folder) throws Exception {
        try (ReservedPort s3 = new ReservedPort();
                EmbeddedS3 _ = EmbeddedS3.start(
                        Files.createDirectory(folder.resolve("s3")), s3.url(), "tester", "tester-secret", event -> {});
                ObjectStore store = new ObjectStore(new ObjectStoreSettings(
                        s3.url(),
                        "us-east-1",
                        "tester",
                        "tester-secret",
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20)));
                RequestRelay relay = new RequestRelay(s3.address(), request -> {
                    if (request.equals("GET /processed/photo")) {
                        put(store, replacement);
                    }
                });
                LocalGatewayProcess gateway = LocalGatewayProcess.start(Map.of(
                        "IMAGE_FUNCTIONS_RECONCILE_EVERY", "1h",
                        "S3_ENDPOINT", relay.url(),
                        "minio_access_key", "tester",
                        "minio_secret_key", "tester-secret"));
                HttpClient client = HttpClient.newHttpClient()) {
            store.makeBuckets(List.of("processed"));
            put(store, looked);
            HttpRequest read = HttpRequest.newBuilder(gateway.at("/system/objects?bucket=processed&key=photo"))
                    .build();

            HttpResponse<byte[]> torn = client.send(read, BodyHandlers.ofByteArray());
            HttpResponse<byte[]> whole = client.send(read, BodyHandlers.ofByteArray());

            assertThat(torn.statusCode()).isEqualTo(503);
            assertThat(new String(torn.body(), UTF_8)).contains("photo cannot be read", "replaced meanwhile");
            assertThat(torn.headers().firstValue("Retry-After")).isPresent();
            assertThat(whole.statusCode()).isEqualTo(200);
            assertThat(whole.body()).isEqualTo(Files.readAllBytes(PICTURES.resolve(replacement)));
        }
    }

    private static void put(ObjectStore store, String picture) {
        try {
            store.put("processed", "photo", PICTURES.resolve(picture), "image/jpeg", Map.of());
        } catch (ObjectStoreException e) {
            throw new UncheckedIOException(e);
        }
    }
}
