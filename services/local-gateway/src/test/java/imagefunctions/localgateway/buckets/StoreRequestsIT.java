package imagefunctions.localgateway.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.embeddeds3.EmbeddedS3;
import imagefunctions.localgateway.LocalGatewayProcess;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.testservers.ReservedPort;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/scaling.md counts with: the requests that the packaged {@code processimages} makes to its store. */
final class StoreRequestsIT {
    private static final Path PHOTO = Path.of("../../docs/pictures/seeding.jpg");

    @Test
    void aPictureTakesSevenRequestsAndOneThatIsDoneTwo(@TempDir Path folder) throws Exception {
        try (ReservedPort gatewayPort = new ReservedPort();
                ReservedPort s3 = new ReservedPort();
                EmbeddedS3 _ = EmbeddedS3.start(
                        Files.createDirectory(folder.resolve("s3")), s3.url(), "tester", "tester-secret", event -> {});
                RequestRelay relay = new RequestRelay(s3.address());
                ObjectStore store = withAPhoto(s3.url(), "first");
                LocalGatewayProcess gateway = LocalGatewayProcess.start(Map.of(
                        "QUARKUS_HTTP_PORT", gatewayPort.toString(),
                        "IMAGE_FUNCTIONS_RECONCILE_EVERY", "1h",
                        "S3_ENDPOINT", relay.url(),
                        "minio_access_key", "tester",
                        "minio_secret_key", "tester-secret"))) {
            // Not before the gateway's first reconcile is over: it converts what is there, and looks once more.
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(ObjectStoreException.class)
                    .until(() ->
                            store.stat("processed", "first").isPresent() && relay.isQuietFor(Duration.ofSeconds(1)));
            store.put("incoming", "photo", PHOTO, "image/jpeg", Map.of());
            URI process = gateway.at("/function/processimages?function=draft");

            assertThat(Peer.post(process, "[\"photo\"]").statusCode()).isEqualTo(200);
            assertThat(relay.requests("/photo"))
                    .containsExactly(
                            "HEAD /incoming/photo",
                            "HEAD /processed/photo",
                            "GET /incoming/photo",
                            "PUT /processed/photo",
                            "HEAD /incoming/photo",
                            "HEAD /processed/photo",
                            "DELETE /failed/photo");

            assertThat(Peer.post(process, "[\"photo\"]").statusCode()).isEqualTo(200);
            assertThat(relay.requests("/photo")).hasSize(9).endsWith("HEAD /incoming/photo", "HEAD /processed/photo");
        }
    }

    private static ObjectStore withAPhoto(URI endpoint, String name) throws ObjectStoreException {
        ObjectStore store = new ObjectStore(new ObjectStoreSettings(
                endpoint, "us-east-1", "tester", "tester-secret", Duration.ofSeconds(5), Duration.ofSeconds(20)));
        store.makeBuckets(List.of("incoming"));
        store.put("incoming", name, PHOTO, "image/jpeg", Map.of());
        return store;
    }
}
