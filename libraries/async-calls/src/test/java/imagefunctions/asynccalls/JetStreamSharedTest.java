package imagefunctions.asynccalls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imagefunctions.asynccalls.delivery.FunctionAnswer;
import imagefunctions.asynccalls.delivery.FunctionCaller;
import imagefunctions.asynccalls.jetstream.JetStreamQueue;
import imagefunctions.asynccalls.jetstream.JetStreamSettings;
import imagefunctions.testservers.NatsCluster;
import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import io.nats.client.ObjectStore;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ObjectInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several gateways, operators and other versions at the same streams. */
@Timeout(60)
final class JetStreamSharedTest {
    private static final Duration ACK_WAIT = Duration.ofSeconds(1);
    private static final QueueLimits LIMITS = limits(100);
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

    private static String servers() {
        return Objects.requireNonNull(nats).urls();
    }

    private static QueueLimits limits(int maxCalls) {
        return Rig.withRetries(Rig.narrow(1 << 20, maxCalls, 1000), Rig.FAST);
    }

    private JetStreamQueue open() {
        return open(ACK_WAIT, LIMITS);
    }

    private JetStreamQueue open(Duration ackWait, QueueLimits limits) {
        JetStreamQueue queue = JetStreamQueue.open(new JetStreamSettings(
                servers(),
                JetStreamSettings.Access.OPEN,
                name,
                0,
                ackWait,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                limits,
                Rig.ONE_QUEUE));
        await().until(queue::isReachable);
        return queue;
    }

    @Test
    void oneTakesACallInAnotherMakesItAndAThirdDeliversIt() throws Exception {
        try (Rig first = Rig.idle(open());
                JetStreamQueue second = open();
                JetStreamQueue third = open()) {
            first.put("call-1", "http://127.0.0.1:9/");

            CallClaim call = Rig.takeCall(second);
            assertThat(Rig.text(call.read().body())).isEqualTo("body of call-1");
            Rig.finish(call, "result");

            CallbackClaim callback = Rig.takeCallback(third);
            assertThat(Rig.text(callback.read().body())).isEqualTo("result");
            callback.delivered(callback.read().entry());

            assertThat(first.phase("call-1")).isEqualTo(Phase.DELIVERED);
            await().until(() -> first.queue.metrics().bytes() == 0);
        }
    }

    @Test
    void whatAWorkerDidThatWasTakenForDeadDoesNotCount() throws Exception {
        try (LogRecords log = LogRecords.of("imagefunctions.asynccalls.jetstream.JetStreamClaim");
                Rig first = Rig.idle(open());
                JetStreamQueue second = open()) {
            first.put("call-1", "http://127.0.0.1:9/");
            CallClaim silent = Rig.takeCall(first.queue);
            silent.abandon();
            CallClaim taken = Rig.takeCall(second);
            assertThat(taken.attempt()).isEqualTo(2);

            Rig.finish(silent, "of the first");
            assertThat(first.phase("call-1")).isEqualTo(Phase.RUNNING);
            assertThat(log.messages())
                    .containsExactly("Call call-1: another worker has taken it over, what this one did does not count");

            Rig.finish(taken, "of the second");
            CallbackClaim callback = Rig.takeCallback(second);
            assertThat(Rig.text(callback.read().body())).isEqualTo("of the second");
            callback.delivered(callback.read().entry());
            await().until(() -> second.metrics().bytes() == 0);
        }
    }

    @Test
    void aFunctionThatRunsLongerThanTheServersWaitIsCalledOnce() throws Exception {
        runsOnce(open());
    }

    @Test
    void aConsumerThatWaitsForLessThanTheSettingsSayHearsOfWorkersInTime() throws Exception {
        open().close();
        runsOnce(open(Duration.ofMinutes(1), LIMITS));
    }

    @Test
    void aConsumerThatIsChangedMeanwhileHearsOfWorkersInTimeFromTheNextSweepOn() throws Exception {
        JetStreamQueue queue = open(Duration.ofMinutes(1), LIMITS);
        Connection other = Nats.connect(servers());
        try {
            ConsumerConfiguration consumer = other.jetStreamManagement()
                    .getConsumerInfo(name + "-calls", QueueNames.DEFAULT)
                    .getConsumerConfiguration();
            other.jetStreamManagement()
                    .updateConsumer(
                            name + "-calls",
                            ConsumerConfiguration.builder(consumer)
                                    .ackWait(ACK_WAIT)
                                    .build());
            awaitASweep(other);
        } finally {
            other.close();
        }
        runsOnce(queue);
    }

    /** One that begins after this. */
    private void awaitASweep(Connection other) throws Exception {
        ObjectStore bodies = other.objectStore(name + "-bodies");
        bodies.put("nobodys", new byte[10]);
        await().atMost(Duration.ofSeconds(20)).until(() -> bodies.getList().stream()
                .noneMatch(body -> body.getObjectName().equals("nobodys")));
    }

    private static void runsOnce(CallQueue queue) throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        FunctionCaller slow = (call, body) -> {
            runs.incrementAndGet();
            go.await();
            return FunctionAnswer.of(200, List.of(), new byte[0]);
        };
        try (Rig rig = Rig.running(queue, slow)) {
            rig.put("call-1", "");
            await().during(ACK_WAIT.multipliedBy(3)).until(() -> runs.get() == 1);
            go.countDown();
            await().until(() -> rig.phase("call-1") == Phase.DELIVERED);

            assertThat(runs).hasValue(1);
            assertThat(rig.state("call-1").functionAttempts()).isEqualTo(1);
        }
    }

    @Test
    void whatIsThereIsNotChangedAndTheLogSaysWhichCommandWould() throws Exception {
        open().close();
        Map<String, String> before = configurations();
        try (LogRecords log = LogRecords.of("imagefunctions.asynccalls.jetstream.Layout")) {
            open(Duration.ofSeconds(90), limits(200)).close();

            assertThat(log.messages())
                    .containsExactlyInAnyOrder(
                            line("stream", name + "-calls", "max-msgs", "100", "200"),
                            line("consumer", name + "-calls default", "max-pending", "100", "200"),
                            line("consumer", name + "-calls default", "wait", "1s", "90s"),
                            line("consumer", name + "-callbacks callbacks", "max-pending", "100", "200"),
                            line("consumer", name + "-callbacks callbacks", "wait", "1s", "90s"));
        }
        assertThat(configurations()).hasSize(7).isEqualTo(before);
    }

    private static String line(String kind, String name, String what, String there, String wanted) {
        return "The " + kind + " " + name + " has " + what + " " + there + ", the settings say " + wanted
                + ": it stays as it is; `nats " + kind + " edit " + name + " --" + what + " " + wanted + "` changes it";
    }

    /** Of all streams and consumers of this queue. */
    private Map<String, String> configurations() throws Exception {
        Map<String, String> all = new HashMap<>();
        Connection connection = Nats.connect(servers());
        try {
            for (String stream : connection.jetStreamManagement().getStreamNames()) {
                if (stream.contains(name)) {
                    all.put(
                            stream,
                            connection
                                    .jetStreamManagement()
                                    .getStreamInfo(stream)
                                    .getConfiguration()
                                    .toJson());
                    for (String consumer : connection.jetStreamManagement().getConsumerNames(stream)) {
                        ConsumerContext context = connection.getConsumerContext(stream, consumer);
                        all.put(
                                stream + " " + consumer,
                                context.getConsumerInfo()
                                        .getConsumerConfiguration()
                                        .toJson());
                    }
                }
            }
        } finally {
            connection.close();
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60})
    void aCallWhoseRecordWasCutOffBecomesADeadLetterAndTheOthersGoOn(int length) throws Exception {
        Connection other = Nats.connect(servers());
        try (LogRecords log = LogRecords.of("imagefunctions.asynccalls.jetstream.JetStreamWorkQueue")) {
            try (Rig rig = Rig.idle(open())) {
                rig.put("altered", "");
                rig.put("other", "");
            }
            KeyValue states = other.keyValue(name + "-states");
            states.put("altered", Arrays.copyOf(states.get("altered").getValue(), length));
            try (Rig rig = Rig.running(open(), Rig.answering(200, ""))) {
                await().until(() -> rig.phase("other") == Phase.DELIVERED);
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> rig.queue.metrics().waiting() == 0
                                && rig.queue.metrics().dead() == 1
                                && rig.queue.metrics().bytes() == 0);

                CallState letter = rig.state("altered");
                assertThat(letter.phase()).isEqualTo(Phase.DEAD);
                assertThat(letter.reason().orElseThrow())
                        .startsWith("The call's record was altered or cut off: it cannot be read");
                assertThat(rig.queue.requeue("altered")).isEqualTo(RequeueResult.REQUEUED);
                assertThat(rig.state("altered")).isEqualTo(letter);
                assertThat(log.messages())
                        .containsExactly(
                                "Dead letter altered: " + letter.reason().orElseThrow());
                assertThat(rig.queue.metrics().givenUp()).isEqualTo(1);
            }
        } finally {
            other.close();
        }
    }

    /** As after a removal that servers which fail take back. */
    @Test
    void ofACallWhoseBodyIsGoneItsReceiverIsNotTold() throws Exception {
        Connection other = Nats.connect(servers());
        FunctionCaller echo =
                (call, body) -> FunctionAnswer.of(200, List.of(), Rig.text(body).getBytes(UTF_8));
        try (Receiver receiver = Receiver.answering(200)) {
            try (Rig rig = Rig.idle(open())) {
                rig.put("gone", receiver.url());
                rig.put("other", receiver.url());
                ObjectStore bodies = other.objectStore(name + "-bodies");
                for (ObjectInfo body : bodies.getList()) {
                    if (body.getDescription().equals("gone")) {
                        bodies.delete(body.getObjectName());
                    }
                }
            }
            try (Rig rig = Rig.running(open(), echo)) {
                await().until(() -> rig.phase("gone") == Phase.DEAD && rig.phase("other") == Phase.DELIVERED);

                CallState letter = rig.state("gone");
                assertThat(letter.functionAttempts()).isEqualTo(Rig.FAST.attempts());
                assertThat(letter.reason().orElseThrow())
                        .isEqualTo("The call's body is not there at the last of 3 attempts: it was done before and came"
                                + " back, or its queue lost the body.");
                assertThat(receiver.of("gone")).isEmpty();
                assertThat(receiver.of("other")).hasSize(1);
            }
        } finally {
            other.close();
        }
    }

    @Test
    void aCallOfANewerGatewayIsLeftToOneLikeItAndTheSweepGoesOn() throws Exception {
        Connection other = Nats.connect(servers());
        try (Rig rig = Rig.idle(open())) {
            rig.put("newer", "");
            KeyValue states = other.keyValue(name + "-states");
            byte[] ours = states.get("newer").getValue();
            byte[] theirs = ours.clone();
            theirs[0] = 99;
            states.put("newer", theirs);
            try (Rig old = Rig.running(open(), Rig.answering(200, ""))) {
                awaitASweep(other);
                assertThat(states.get("newer").getValue()).isEqualTo(theirs);
                assertThat(old.queue.metrics().waiting()).isEqualTo(1);

                states.put("newer", ours);
                await().atMost(Duration.ofSeconds(20)).until(() -> old.phase("newer") == Phase.DELIVERED);
            }
        } finally {
            other.close();
        }
    }
}
