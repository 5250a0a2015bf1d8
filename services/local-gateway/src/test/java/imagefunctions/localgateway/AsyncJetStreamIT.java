package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.testservers.NatsCluster;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.ObjectStore;
import io.nats.client.api.ObjectInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The queue on one server of NATS JetStream. */
@EnabledIf(value = "imagefunctions.testservers.NatsCluster#isInstalled", disabledReason = NatsCluster.MISSING)
final class AsyncJetStreamIT extends AsyncQueueContract {
    @AutoClose
    private final NatsCluster nats;

    AsyncJetStreamIT(@TempDir Path folder) throws IOException {
        nats = NatsCluster.start(folder, 1);
    }

    /** As after a removal that servers which fail take back. */
    @Test
    void ofACallWhoseBodyIsGoneNobodyIsToldThatAFunctionElsewhereFailed() throws Exception {
        Connection operator = Nats.connect(nats.urls());
        try (RawServer away = new RawServer().at("/away", exchange -> {
                    exchange.body();
                    exchange.send(RawServer.head("HTTP/1.1 503 Service Unavailable", "Content-Length: 0"));
                });
                CallbackServer receiver = CallbackServer.start();
                LocalGatewayProcess gateway = launch(
                        "gone",
                        Map.of(
                                "IMAGE_FUNCTIONS_BACKENDS", "away=" + away.url("/away"),
                                "IMAGE_FUNCTIONS_ASYNC_ATTEMPTS", "3",
                                "IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT", "2s",
                                "IMAGE_FUNCTIONS_ASYNC_LONGEST_WAIT", "2s"))) {
            AsyncClient client = client(gateway);
            String told = receiver.url("/");
            client.call("away", new byte[1000], "X-Call-Id", "gone", "X-Callback-Url", told);
            await().until(() -> client.describe("gone").path("functionAttempts").asInt() == 1
                    && client.state("gone").equals("queued"));
            ObjectStore bodies = operator.objectStore("gone-bodies");
            for (ObjectInfo body : bodies.getList()) {
                bodies.delete(body.getObjectName());
            }

            await().until(() -> client.state("gone").equals("dead"));
            assertThat(client.describe("gone").path("reason").asText())
                    .startsWith("The call's body is not there at the last of 3 attempts");
            assertThat(receiver.of("gone")).isEmpty();
        } finally {
            operator.close();
        }
    }

    /** With less room than by default, since the server sets it aside for each. */
    @Override
    Map<String, String> queue(String name) {
        return Map.of(
                "IMAGE_FUNCTIONS_QUEUE",
                nats.urls(),
                "IMAGE_FUNCTIONS_QUEUE_NAME",
                name,
                "IMAGE_FUNCTIONS_SPOOL_MAX_BYTES",
                "1G");
    }

    @Override
    String noRoom() {
        return "maximum bytes";
    }

    /** They are a second old at most: what they say for longer holds. */
    @Override
    void figures(ThrowingRunnable assertion) {
        await().during(Duration.ofSeconds(1)).untilAsserted(assertion);
    }
}
