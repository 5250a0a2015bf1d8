package imagefunctions.localgateway.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.embeddeds3.EmbeddedS3;
import imagefunctions.localgateway.LocalGatewayProcess;
import imagefunctions.localgateway.RemoteGateway;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.storage.StoredObject;
import imagefunctions.testservers.ReservedPort;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways behind the packaged {@code processimages}, of which one refuses everything. */
final class SeveralGatewaysIT {
    private static final int PICTURES = 16;

    @Test
    void aPictureThatOneGatewayRefusesGoesWholeToTheOther(@TempDir Path folder) throws Exception {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("basic-auth-user"), "admin\n");
        Files.writeString(secrets.resolve("basic-auth-password"), "secret\n");
        try (ReservedPort port = new ReservedPort();
                EmbeddedS3 _ = EmbeddedS3.start(
                        Files.createDirectory(folder.resolve("s3")),
                        port.url(),
                        "tester",
                        "tester-secret",
                        event -> {});
                ObjectStore store = new ObjectStore(new ObjectStoreSettings(
                        port.url(),
                        "us-east-1",
                        "tester",
                        "tester-secret",
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20)));
                RemoteGateway refusing = new RemoteGateway(Duration.ZERO).answering(429);
                RemoteGateway good = new RemoteGateway(Duration.ZERO);
                LocalGatewayProcess gateway = LocalGatewayProcess.start(Map.of(
                        "S3_ENDPOINT",
                        port.url().toString(),
                        "minio_access_key",
                        "tester",
                        "minio_secret_key",
                        "tester-secret",
                        "secret_mount_path",
                        folder + "/nothing," + secrets,
                        "gateway_url",
                        refusing.url() + "," + good.url()))) {
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(ObjectStoreException.class)
                    .until(() -> store.hasBucket("failed"));
            for (int i = 0; i < PICTURES; i++) {
                assertConverted("picture-" + i, folder, store, gateway, good);
            }

            assertThat(store.list("failed", "").next()).isEmpty();
            assertThat(refusing.bodies()).isNotEmpty();
            assertThat(good.bodies()).hasSize(PICTURES).containsAll(refusing.bodies());
            assertThat(good.authorizations()).containsOnly("Basic YWRtaW46c2VjcmV0");
        }
    }

    private static void assertConverted(
            String name, Path folder, ObjectStore store, LocalGatewayProcess gateway, RemoteGateway good)
            throws Exception {
        byte[] picture = new byte[200_000];
        new Random(name.hashCode()).nextBytes(picture);
        store.put("incoming", name, Files.write(folder.resolve(name), picture), "image/jpeg", Map.of());

        HttpResponse<String> answer =
                Peer.post(gateway.at("/function/processimages?detail=true"), "[\"" + name + "\"]");

        assertThat(Peer.json(answer).get(0).path("outcome").asText()).isIn("processed", "skipped");
        if (Peer.json(answer).get(0).path("outcome").asText().equals("processed")) {
            assertThat(answer.headers().firstValue("X-Gateway-Node")).hasValue(good.name());
            assertThat(Peer.json(answer).get(0).path("gateway").asText()).isEqualTo(good.name());
        }
        assertThat(good.bodies()).contains(Arrays.hashCode(picture));
        try (StoredObject result = store.get("processed", name).orElseThrow()) {
            assertThat(result.content().readAllBytes()).isEqualTo(picture);
        }
    }
}
