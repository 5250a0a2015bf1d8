package imagefunctions.asynccalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imagefunctions.asynccalls.jetstream.JetStreamQueue;
import imagefunctions.asynccalls.jetstream.JetStreamSettings;
import imagefunctions.testservers.NatsCluster;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promises of the queue on NATS JetStream. */
final class JetStreamQueueTest extends CallQueueContract {
    private static @Nullable NatsCluster nats;

    private final String name = "test-" + UUID.randomUUID();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        assumeTrue(NatsCluster.isInstalled(), NatsCluster.MISSING);
        nats = NatsCluster.start(folder, 1);
    }

    @AfterAll
    static void stop() throws Exception {
        if (nats != null) {
            nats.close();
        }
    }

    /** What a stream may take is reserved for it. */
    @AfterEach
    void removeStreams() throws Exception {
        Connection connection = Nats.connect(servers());
        try {
            JetStreamManagement management = connection.jetStreamManagement();
            for (String stream : management.getStreamNames()) {
                management.deleteStream(stream);
            }
        } finally {
            connection.close();
        }
    }

    private static String servers() {
        return Objects.requireNonNull(nats).urls();
    }

    @Test
    void aDeadLetterThatFindsNoRoomInTheQueueStaysOneUntilThereIsSome() throws Exception {
        QueueLimits two = Rig.narrow(1 << 20, 2, 1000);
        try (Rig rig = Rig.running(open(two, Rig.ONE_QUEUE), Rig.answering(422, ""))) {
            rig.put("dead", "");
            await().until(() -> rig.phase("dead") == Phase.DEAD);
        }
        try (Rig rig = Rig.idle(open(two, Rig.ONE_QUEUE))) {
            CallState letter = rig.state("dead");
            rig.put("call-1", "");
            rig.put("call-2", "");

            assertThatThrownBy(() -> rig.queue.requeue("dead")).isInstanceOf(QueueFullException.class);
            assertThat(rig.state("dead")).isEqualTo(letter);

            rig.queue.cancel("call-1");
            assertThat(rig.queue.requeue("dead")).isEqualTo(RequeueResult.REQUEUED);
            assertThat(rig.phase("dead")).isEqualTo(Phase.QUEUED);
        }
    }

    @Override
    CallQueue open(QueueLimits limits, QueueNames queues) throws IOException {
        JetStreamQueue queue = JetStreamQueue.open(new JetStreamSettings(
                servers(),
                JetStreamSettings.Access.OPEN,
                name,
                0,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                limits,
                queues));
        await().until(queue::isReachable);
        return queue;
    }
}
