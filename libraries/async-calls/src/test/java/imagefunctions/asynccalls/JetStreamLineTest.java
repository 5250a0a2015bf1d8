package imagefunctions.asynccalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imagefunctions.asynccalls.jetstream.JetStreamQueue;
import imagefunctions.asynccalls.jetstream.JetStreamSettings;
import imagefunctions.testservers.NatsCluster;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway makes of answers that are lost, late or refusals, as clusters give them whose servers fail. */
@Timeout(60)
final class JetStreamLineTest {
    private static final Duration ACK_WAIT = Duration.ofSeconds(1);
    /** In tests of the sweep; in others, nothing may be taken for left behind while an answer is lost. */
    private static final Duration ORPHAN_AGE = Duration.ofSeconds(1);

    private static final String REFUSED = """
            {"error":{"code":400,"err_code":10071,"description":"wrong last sequence: 1"},"stream":"x","seq":0}""";
    private static final String FAILED = """
            {"error":{"code":500,"err_code":10000,"description":"failed"}}""";
    private static @Nullable NatsCluster nats;

    private final String name = "test-" + UUID.randomUUID();
    private final String record = "$KV." + name + "-states.call-1";
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable NatsLine line;
    private @Nullable Connection direct;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        assumeTrue(NatsCluster.isInstalled(), NatsCluster.MISSING);
        nats = NatsCluster.single(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        if (nats != null) {
            nats.close();
        }
    }

    @BeforeEach
    void connect() throws Exception {
        line = new NatsLine(servers());
        direct = Nats.connect(servers());
    }

    @AfterEach
    void disconnect() throws Exception {
        line().close();
        direct().close();
        threads.shutdownNow();
    }

    private static String servers() {
        return Objects.requireNonNull(nats).urls();
    }

    private NatsLine line() {
        return Objects.requireNonNull(line);
    }

    private Connection direct() {
        return Objects.requireNonNull(direct);
    }

    private JetStreamQueue open(String url, Duration ackWait) {
        return open(url, ackWait, Duration.ofMinutes(1));
    }

    private JetStreamQueue open(String url, Duration ackWait, Duration orphanAge) {
        JetStreamQueue queue = JetStreamQueue.open(new JetStreamSettings(
                url,
                JetStreamSettings.Access.OPEN,
                name,
                0,
                ackWait,
                Duration.ofSeconds(1),
                orphanAge,
                Rig.withRetries(Rig.narrow(1 << 20, 100, 1000), Rig.FAST),
                Rig.ONE_QUEUE));
        await().until(queue::isReachable);
        return queue;
    }

    /** A gateway at the end of the line. */
    private Rig gateway() {
        return Rig.idle(open(line().url(), ACK_WAIT));
    }

    /** One that soon takes for left behind what has no owner. */
    private Rig sweeper() {
        return Rig.idle(open(line().url(), ACK_WAIT, ORPHAN_AGE));
    }

    private long messages(String stream) throws Exception {
        return direct().jetStreamManagement()
                .getStreamInfo(stream)
                .getStreamState()
                .getMsgCount();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$KV.%s-states.", "%s-calls.", "$O.%s-bodies.C.", "$O.%s-bodies.M."})
    void aWriteWhoseAnswerIsLostIsMadeOnce(String subject) throws Exception {
        try (Rig rig = gateway()) {
            line().next(subject.formatted(name), NatsLine.Request::passUnheard);
            rig.put("call-1", "");

            assertThat(line().seen(subject.formatted(name))).isEqualTo(2);
            assertThat(messages("KV_" + name + "-states")).isEqualTo(1);
            assertThat(messages(name + "-calls")).isEqualTo(1);
            assertThat(messages("OBJ_" + name + "-bodies")).isEqualTo(2);
            assertThat(Rig.text(Rig.takeCall(rig.queue).read().body())).isEqualTo("body of call-1");
        }
    }

    /** The first as nats-server 2.10 says that the first message of an id is on its way, the second as 2.11 does. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                {"stream":"x","seq":0,"duplicate":true}""", """
                {"error":{"code":400,"err_code":10158,"description":"message id is in process"},"stream":"x","seq":0}"""})
    void aMessageThatIsAcknowledgedBeforeItIsThereIsSentAgain(String answer) throws Exception {
        try (Rig rig = gateway()) {
            line().next(name + "-calls.", request -> request.answer(answer));
            rig.put("call-1", "");

            assertThat(messages(name + "-calls")).isEqualTo(1);
        }
    }

    @Test
    void aRefusedWriteIsRepeatedIfNobodyElseHasWritten() throws Exception {
        try (Rig rig = gateway()) {
            rig.put("call-1", "http://127.0.0.1:9/");
            CallClaim call = Rig.takeCall(rig.queue);
            line().next(record, request -> request.answer(REFUSED));
            Rig.finish(call, "result");

            assertThat(Rig.text(Rig.takeCallback(rig.queue).read().body())).isEqualTo("result");
            assertThat(rig.state("call-1").functionAttempts()).isEqualTo(1);
        }
    }

    @Test
    void aResultWithWhichOthersWentOnKeepsItsBody() throws Exception {
        try (Rig cut = gateway();
                JetStreamQueue other = open(servers(), ACK_WAIT)) {
            cut.put("call-1", "http://127.0.0.1:9/");
            CallClaim call = Rig.takeCall(cut.queue);
            line().next(record, request -> {
                request.passUnheard();
                line().hold();
            });
            Future<?> finished = threads.submit(() -> {
                Rig.finish(call, "result");
                return null;
            });
            Future<?> taking = threads.submit(() -> Rig.takeCall(other));
            CallbackClaim callback = Rig.takeCallback(other);
            line().release();
            finished.get();

            assertThat(Rig.text(callback.read().body())).isEqualTo("result");
            assertThat(taking).isNotDone();
        }
    }

    @Test
    void anIdWhoseCallIsForgottenJustNowIsTakenAgain() throws Exception {
        try (Rig rig = gateway()) {
            rig.put("call-1", "");
            CallClaim call = Rig.takeCall(rig.queue);
            call.succeeded(call.read().entry(), 200);
            line().next(record, request -> {
                direct().keyValue(name + "-states").delete("call-1");
                request.pass();
            });
            rig.put("call-1", "");

            assertThat(Rig.takeCall(rig.queue).attempt()).isEqualTo(1);
        }
    }

    @Test
    void runningCallsAreHeldAndQuestionsWaitWhileAConnectionWithoutAnswersIsReplaced() throws Exception {
        try (Rig rig = Rig.idle(open(line().url(), Duration.ofSeconds(20)))) {
            rig.put("call-1", "http://127.0.0.1:9/");
            CallClaim call = Rig.takeCall(rig.queue);
            line().deafen("");
            Future<Phase> asked = threads.submit(() -> rig.phase("call-1"));
            await().atMost(Duration.ofSeconds(20)).until(() -> line().connections() == 2);
            line().hear();

            assertThat(asked.get()).isEqualTo(Phase.RUNNING);
            int beats = line().seen("$JS.ACK.");
            await().until(() -> line().seen("$JS.ACK.") > beats);
            Rig.finish(call, "result");
            assertThat(Rig.text(Rig.takeCallback(rig.queue).read().body())).isEqualTo("result");
        }
    }

    @Test
    void aListThatDoesNotGoOnEndsAndComesAgain() throws Exception {
        try (Rig rig = gateway()) {
            rig.put("call-1", "");
            line().deafen("$KV.");
            assertThatThrownBy(() -> rig.queue.list(CallFilter.ALL, "", 10))
                    .isInstanceOf(QueueUnreachableException.class);

            line().hear();
            await().ignoreExceptions()
                    .until(() -> rig.queue.list(CallFilter.ALL, "", 10).calls().size() == 1);
        }
    }

    @Test
    void whatIsOldIsSaidByTheServersClock() throws Exception {
        String question = "$JS.API.STREAM.INFO.KV_" + name + "-states";
        ObjectStore bodies;
        try (Rig rig = sweeper()) {
            bodies = direct().objectStore(name + "-bodies");
            line().always(question, request -> request.passChanged(JetStreamLineTest::anHourEarlier));
            bodies.put("nobodys", new byte[10]);
            Instant old = Instant.now().plus(ORPHAN_AGE);
            await().until(() -> Instant.now().isAfter(old));
            int sweeps = line().seen(question);
            await().until(() -> line().seen(question) >= sweeps + 3);
            assertThat(names(bodies)).containsExactly("nobodys");

            line().always(question, NatsLine.Request::pass);
            await().until(() -> names(bodies).isEmpty());
            assertThat(rig.queue.isReachable()).isTrue();
        }
    }

    private static String anHourEarlier(String answer) {
        String clock = "\"ts\":\"" + Instant.now().minus(Duration.ofHours(1)) + "\",";
        return "{" + clock + answer.substring(1).replaceFirst("\"ts\":\"[^\"]*\"", "\"was\":0");
    }

    private static List<String> names(ObjectStore bodies) throws Exception {
        return bodies.getList().stream().map(body -> body.getObjectName()).toList();
    }

    @Test
    void aSweepGoesOnBehindAStepThatFails() throws Exception {
        try (Rig rig = sweeper()) {
            line().always("$JS.API.STREAM.MSG.DELETE.KV_", request -> request.answer(FAILED));
            direct().keyValue(name + "-states").delete("gone");
            ObjectStore bodies = direct().objectStore(name + "-bodies");
            bodies.put("nobodys", new byte[10]);

            await().until(() -> names(bodies).isEmpty());
            assertThat(messages("KV_" + name + "-states")).isEqualTo(1);
            line().always("$JS.API.STREAM.MSG.DELETE.KV_", NatsLine.Request::pass);
            await().until(() -> messages("KV_" + name + "-states") == 0);
            assertThat(rig.queue.isReachable()).isTrue();
        }
    }
}
