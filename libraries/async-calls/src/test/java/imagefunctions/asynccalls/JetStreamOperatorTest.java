package imagefunctions.asynccalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.asynccalls.jetstream.JetStreamQueue;
import imagefunctions.asynccalls.jetstream.JetStreamSettings;
import imagefunctions.testservers.NatsCluster;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.ObjectStore;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.ObjectInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators do to the streams, and to the settings. */
@Timeout(60)
@EnabledIf(value = "imagefunctions.testservers.NatsCluster#isInstalled", disabledReason = NatsCluster.MISSING)
final class JetStreamOperatorTest {
    private static NatsCluster nats;

    private final String name = "test-" + UUID.randomUUID();
    private Connection operator;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        nats = NatsCluster.single(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        nats.close();
    }

    @BeforeEach
    void connect() throws Exception {
        operator = Nats.connect(nats.urls());
    }

    @AfterEach
    void disconnect() throws Exception {
        operator.close();
    }

    private JetStreamQueue begin(QueueNames queues) {
        return JetStreamQueue.open(new JetStreamSettings(
                nats.urls(),
                JetStreamSettings.Access.OPEN,
                name,
                0,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Rig.withRetries(Rig.narrow(1 << 20, 100, 1000), Rig.FAST),
                queues));
    }

    private JetStreamQueue open(QueueNames queues) {
        JetStreamQueue queue = begin(queues);
        await().until(queue::isReachable);
        return queue;
    }

    @Test
    void aConsumerThatIsRemovedIsMadeAgainAndTheLogSaysSo() throws Exception {
        try (LogRecords log = LogRecords.of("imagefunctions.asynccalls.jetstream.Layout");
                Rig rig = Rig.running(open(Rig.ONE_QUEUE), Rig.answering(200, ""))) {
            operator.jetStreamManagement().deleteConsumer(name + "-calls", "default");
            rig.put("call-1", "");

            await().until(() -> rig.phase("call-1") == Phase.DELIVERED);
            assertThat(log.messages())
                    .containsExactly(
                            "The consumer default of the stream " + name + "-calls was removed, and is made again");
        }
    }

    /** What makes a server drop, or not give out, what it has acknowledged. */
    enum Loss {
        OLD_ONES_FOR_NEW {
            @Override
            void cause(JetStreamManagement servers, String name) throws Exception {
                servers.updateStream(configuration(servers, name + "-calls")
                        .discardPolicy(DiscardPolicy.Old)
                        .build());
            }
        },
        OLD_ONES {
            @Override
            void cause(JetStreamManagement servers, String name) throws Exception {
                servers.updateStream(configuration(servers, "OBJ_" + name + "-bodies")
                        .maxAge(Duration.ofHours(1))
                        .build());
            }
        },
        AT_A_RESTART {
            @Override
            void cause(JetStreamManagement servers, String name) throws Exception {
                StreamConfiguration inMemory = configuration(servers, "KV_" + name + "-states")
                        .storageType(StorageType.Memory)
                        .build();
                servers.deleteStream(inMemory.getName());
                servers.addStream(inMemory);
            }
        },
        AFTER_SOME_DELIVERIES {
            @Override
            void cause(JetStreamManagement servers, String name) throws Exception {
                ConsumerConfiguration there =
                        servers.getConsumerInfo(name + "-calls", "default").getConsumerConfiguration();
                servers.updateConsumer(
                        name + "-calls",
                        ConsumerConfiguration.builder(there).maxDeliver(5).build());
            }
        };

        abstract void cause(JetStreamManagement servers, String name) throws Exception;

        private static StreamConfiguration.Builder configuration(JetStreamManagement servers, String stream)
                throws Exception {
            return StreamConfiguration.builder(servers.getStreamInfo(stream).getConfiguration());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatLosesCallsIsNotUsed(Loss loss) throws Exception {
        open(Rig.ONE_QUEUE).close();
        loss.cause(operator.jetStreamManagement(), name);
        try (LogRecords log = LogRecords.of("imagefunctions.asynccalls.jetstream.NatsLink");
                JetStreamQueue queue = begin(Rig.ONE_QUEUE)) {
            await().until(() -> log.messages().stream()
                    .anyMatch(line -> line.contains("was made otherwise than this version makes it")));

            assertThat(queue.isReachable()).isFalse();
        }
    }

    @Test
    void aDeadLetterOfAQueueThatIsNoMoreIsPutIntoThatOfItsFunction() throws Exception {
        QueueNames apart = new QueueNames(Map.of(Rig.call("call-1", "").function(), "apart"));
        try (Rig rig = Rig.running(open(apart), Rig.answering(400, ""), Map.of("apart", 1))) {
            rig.put("call-1", "");
            await().until(() -> rig.phase("call-1") == Phase.DEAD);
        }
        try (Rig rig = Rig.running(open(Rig.ONE_QUEUE), Rig.answering(200, ""))) {
            assertThat(rig.queue.requeue("call-1")).isEqualTo(RequeueResult.REQUEUED);

            await().until(() -> rig.phase("call-1") == Phase.DELIVERED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResultThatIsGoneIsNoFaultOfItsReceiver(Signed signed) throws Exception {
        try (Receiver receiver = Receiver.answering(200)) {
            try (Rig rig = Rig.idle(open(Rig.ONE_QUEUE))) {
                rig.put("call-1", receiver.url());
                Rig.finish(Rig.takeCall(rig.queue), "result");
                ObjectStore results = operator.objectStore(name + "-results");
                for (ObjectInfo body : results.getList()) {
                    results.delete(body.getObjectName());
                }
            }
            try (Rig rig = Rig.running(open(Rig.ONE_QUEUE), Rig.answering(200, ""), signed.secret())) {
                await().until(() -> rig.phase("call-1") == Phase.DEAD);

                assertThat(rig.state("call-1").reason().orElseThrow())
                        .startsWith("The result could not be read from the queue: ");
                assertThat(receiver.deliveries).isEmpty();
            }
        }
    }

    enum Signed {
        NO,
        YES;

        Optional<String> secret() {
            return this == YES ? Optional.of("secret") : Optional.empty();
        }
    }
}
