package imagefunctions.functions.chaining;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.gatewayclient.Gateways;
import imagefunctions.runtime.Reply;
import imagefunctions.workflowruns.FolderRuns;
import imagefunctions.workflowruns.RunStatus;
import imagefunctions.workflowruns.Runs;
import imagefunctions.workflowruns.StepHead;
import imagefunctions.workflowruns.Tried;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes are killed in the middle of durable runs; others go on with them. */
final class KillTest {
    private static final String SUCCEEDS = "a,b,c,a,b,c,audit";
    private static final String FAILS = "a,b,bad,notify,audit";
    /** The document of the step that fails: before it, both workflows keep the same. */
    private static final int FIRST_FAILURE = 4;
    /** A document that no run has. */
    private static final int NEVER = 99;

    private final Scene scene = new Scene();

    private final Path runs;

    KillTest(@TempDir Path runs) {
        this.runs = runs;
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /** What a run keeps: itself, its lease, each step, those at the end, and the end. */
    private static int documents(String calls) {
        return calls.split(",").length + 3;
    }

    /** The moments before and after the lease, steps, a hook and the end; {@code -Dmoments=all}: every document. */
    static Stream<Arguments> moments() {
        boolean all = "all".equals(System.getProperty("moments"));
        IntStream succeeding = all ? IntStream.range(0, documents(SUCCEEDS)) : IntStream.of(1, 4, 9);
        IntStream failing = all ? IntStream.range(FIRST_FAILURE, documents(FAILS)) : IntStream.of(4, 6);
        return Stream.concat(moments(SUCCEEDS, succeeding), moments(FAILS, failing));
    }

    private static Stream<Arguments> moments(String calls, IntStream documents) {
        return documents.boxed().flatMap(document -> Stream.of(true, false)
                .map(before -> Arguments.of(calls, document, before)));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void aRunGoesOnBehindTheLastResultThatWasKept(String calls, int document, boolean before) throws Exception {
        scene.peer
                .with("bad", Peer.answers(422, "text/plain", "no picture"))
                .with("notify", Peer.answers(200, "text/plain", "told"))
                .with("audit", Peer.answers(200, "text/plain", "noted"));
        scene.workflow(
                calls.equals(SUCCEEDS)
                        ? "durable: true\nsteps: [{function: a}, {function: b}, {function: c}, {name: d, function: a},"
                                + " {name: e, function: b}, {name: f, function: c}]\non_failure: notify\nfinally: audit"
                        : "durable: true\nsteps: [{function: a}, {function: b}, {function: bad}, {function: c}]\n"
                                + "on_failure: notify\nfinally: audit");

        Process first = ChainingProcess.endingAt(scene, runs, "call-1", "-", document, before);
        assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isEqualTo(ChainingProcess.ENDED);
        Reply reply = answered("-");
        Reply again = answered("-");

        assertThat(scene.peer.called()).isEqualTo(expected(calls, document, before));
        assertThat(reply.status()).isEqualTo(calls.equals(SUCCEEDS) ? 200 : 502);
        assertThat(Scene.text(reply)).contains(calls.equals(SUCCEEDS) ? "-abcabc" : "\"stepText\" : \"no picture\"");
        assertThat(again.body()).isEqualTo(reply.body());
    }

    /** The function whose result was about to be kept is called a second time, and no other. */
    private static List<String> expected(String calls, int document, boolean before) {
        List<String> expected = new ArrayList<>(Arrays.asList(calls.split(",")));
        int call = document - 2;
        if (before && call >= 0 && call < expected.size()) {
            expected.add(call, expected.get(call));
        }
        return expected;
    }

    /** What another process answers once the lease of the one that was killed has expired. */
    private Reply answered(String body) {
        Workflows other = new Workflows(
                Scene.settings(scene.folder(), new Gateways(List.of(scene.peer.url()))),
                ChainingProcess.runs(new FolderRuns(runs)));
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60))
                .until(() -> other.answer(Scene.post(body)), reply -> reply.status() != 409);
    }

    @Test
    void theAttemptsAtAStepThatHadNotEndedAreKept() throws Exception {
        scene.peer.with("busy", Peer.answers(503, "text/plain", "not now"));
        scene.workflow("durable: true\nsteps: [{function: a}, {function: busy, retry: {times: 1, delay: 10s}}]");
        Runs store = ChainingProcess.runs(new FolderRuns(runs));
        Process first = ChainingProcess.endingAt(scene, runs, "call-1", "-", NEVER, true);
        Tried tried = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> store.status("call-1").map(RunStatus::tried).orElse(List.of()), list -> !list.isEmpty())
                .getFirst();
        first.destroyForcibly().waitFor();

        Reply reply = answered("-");

        assertThat(tried.step()).isEqualTo("busy");
        assertThat(tried.attempts()).extracting(StepHead.Attempt::reason).containsExactly("not now");
        assertThat(reply.status()).isEqualTo(502);
        assertThat(scene.peer.called()).containsExactly("a", "busy", "busy");
        RunStatus ended = store.status("call-1").orElseThrow();
        assertThat(ended.steps().getLast().head().attempts())
                .extracting(StepHead.Attempt::reason)
                .containsExactly("not now", "not now");
        assertThat(ended.tried()).isEmpty();
    }
}
