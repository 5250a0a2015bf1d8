package imagefunctions.asynccalls;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import io.nats.client.PullSubscribeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The promises of the queue on NATS JetStream. */
final class JetStreamQueueTest extends CallQueueContract {
    private static @Nullable NatsCluster nats;

    private final String name = "test-" + UUID.randomUUID();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        assumeTrue(NatsCluster.isInstalled(), NatsCluster.MISSING);
        nats = NatsCluster.single(folder);
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

    @Test
    @Timeout(60)
    void aCallWhoseMessageTheServersForgetIsMadeAllTheSame() throws Exception {
        try (Rig rig = Rig.idle(open(Rig.limits(), Rig.ONE_QUEUE))) {
            rig.put("call-1", "");
            Connection other = Nats.connect(servers());
            try {
                PullSubscribeOptions consumer = PullSubscribeOptions.bind(name + "-calls", QueueNames.DEFAULT);
                other.jetStream()
                        .subscribe(null, consumer)
                        .fetch(1, Duration.ofSeconds(5))
                        .getFirst()
                        .nakWithDelay(Duration.ofHours(1));
            } finally {
                other.close();
            }

            CallClaim claim =
                    Objects.requireNonNull(rig.queue.calls(QueueNames.DEFAULT).take());
            assertThat(claim.read().entry().id()).isEqualTo("call-1");
        }
    }

    @Test
    void aMessageThatNoCallNeedsIsRemoved() throws Exception {
        Connection other = Nats.connect(servers());
        try (Rig rig = Rig.idle(open(Rig.limits(), Rig.ONE_QUEUE))) {
            rig.put("call-1", "");
            other.jetStream().publish(name + "-calls." + QueueNames.DEFAULT + ".call-2", "nobody".getBytes(US_ASCII));

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> rig.queue.metrics().waiting() == 1);
            assertThat(rig.queue.cancel("call-1")).isEqualTo(CancelResult.CANCELLED);
            await().until(() -> rig.queue.metrics().waiting() == 0);
        } finally {
            other.close();
        }
    }

    @Test
    void bodiesAndChunksThatNoCallOwnsAreRemovedAndThoseOfCallsAreNot() throws Exception {
        Connection other = Nats.connect(servers());
        try (Rig rig = Rig.idle(open(Rig.limits(), Rig.ONE_QUEUE))) {
            rig.put("call-1", "");
            for (String bucket : List.of(name + "-bodies", name + "-results")) {
                other.objectStore(bucket).put("whole", "of no call".getBytes(US_ASCII));
                other.jetStream().publish("$O." + bucket + ".C.partial", "of no body".getBytes(US_ASCII));
            }

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(messages(other, "results")).isZero();
                assertThat(messages(other, "bodies")).as("those of call-1").isEqualTo(2);
            });
            CallClaim claim =
                    Objects.requireNonNull(rig.queue.calls(QueueNames.DEFAULT).take());
            assertThat(claim.read().body().open()).hasContent("body of call-1");
        } finally {
            other.close();
        }
    }

    @Test
    void aBodyThatIsNotReadToItsEndLeavesNothingOpen() throws Exception {
        Connection other = Nats.connect(servers());
        try (Rig rig = Rig.idle(open(Rig.limits(), Rig.ONE_QUEUE))) {
            rig.put(Rig.call("call-1", ""), new byte[4 << 20]);
            InputStream body = Rig.takeCall(rig.queue).read().body().open();
            assertThat(body.readNBytes(10)).hasSize(10);
            assertThat(downloads(other)).isEqualTo(1);
            body.close();

            await().atMost(Duration.ofSeconds(20)).until(() -> downloads(other) == 0);
        } finally {
            other.close();
        }
    }

    private long downloads(Connection connection) throws Exception {
        return connection.jetStreamManagement().getConsumers("OBJ_" + name + "-bodies").stream()
                .filter(consumer -> String.valueOf(
                                consumer.getConsumerConfiguration().getFilterSubject())
                        .contains(".C."))
                .count();
    }

    private long messages(Connection connection, String bucket) throws Exception {
        return connection
                .jetStreamManagement()
                .getStreamInfo("OBJ_" + name + "-" + bucket)
                .getStreamState()
                .getMsgCount();
    }

    @Test
    void aBodyThatDoesNotSayItsLengthIsStoredInWholeChunks() throws Exception {
        Connection other = Nats.connect(servers());
        try (CallQueue queue = open(Rig.limits(), Rig.ONE_QUEUE);
                EntryWriter writer = queue.accept(Rig.call("call-1", ""), OptionalLong.empty())) {
            writer.write(new byte[1_000_000]);
            writer.commit();

            assertThat(messages(other, "bodies"))
                    .as("eight chunks, and what makes them one body")
                    .isEqualTo(9);
        } finally {
            other.close();
        }
    }

    @Test
    @Timeout(60)
    void callsThatWaitForAnotherAttemptHoldUpNoOtherHoweverManyTheyAre() throws Exception {
        int many = 1100;
        try (CallQueue queue = open(Rig.limits(), Rig.ONE_QUEUE);
                ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            WorkQueue<CallClaim> calls = queue.calls(QueueNames.DEFAULT);
            List<Future<?>> postponed = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                String id = "call-" + i;
                postponed.add(workers.submit(() -> {
                    try (EntryWriter writer = queue.accept(Rig.call(id, ""), OptionalLong.of(0))) {
                        writer.commit();
                    }
                    Objects.requireNonNull(calls.take()).postpone(Duration.ofHours(1));
                    return null;
                }));
            }
            for (Future<?> each : postponed) {
                each.get();
            }
            try (EntryWriter writer = queue.accept(Rig.call("next", ""), OptionalLong.of(0))) {
                writer.commit();
            }
            assertThat(Objects.requireNonNull(calls.take()).read().entry().id()).isEqualTo("next");
        }
    }
}
