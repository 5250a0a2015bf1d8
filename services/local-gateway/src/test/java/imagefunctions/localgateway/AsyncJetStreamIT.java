package imagefunctions.localgateway;

import static org.awaitility.Awaitility.await;

import imagefunctions.testservers.NatsCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AutoClose;
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
