package imagefunctions.functions.chaining;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.gatewayclient.Gateways;
import imagefunctions.runtime.Reply;
import imagefunctions.workflowruns.FolderRuns;
import imagefunctions.workflowruns.RunPage;
import imagefunctions.workflowruns.RunState;
import imagefunctions.workflowruns.RunStatus;
import imagefunctions.workflowruns.Runs;
import imagefunctions.workflowruns.StepHead;
import imagefunctions.workflowruns.Tried;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** A step of a run, by which a function that is called again knows that it has been. */
    private record StepOfRun(String run, String step) {}

    /** A call that reached a function, with the number of kills before it. */
    private record Seen(String run, String step, String function, int generation, int status) {
        StepOfRun stepOfRun() {
            return new StepOfRun(run, step);
        }
    }

    /**
     * Runs of six steps whose functions fail at random, and a process that is killed at random: with
     * {@code -Druns=200 -Dkills=30} for longer.
     */
    @Test
    void whateverIsKilledEveryRunEndsAndNoFinishedStepIsCalledAgain() throws Exception {
        int count = Integer.getInteger("runs", 16);
        int kills = Integer.getInteger("kills", 3);
        AtomicInteger generation = new AtomicInteger();
        ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
        Random random = new Random(7);
        for (String function : List.of("s0", "s1", "s2", "s3", "s4", "s5", "notify", "audit")) {
            scene.peer.with(function, (exchange, body) -> {
                int status = function.startsWith("s") ? status(random) : 200;
                seen.add(new Seen(
                        Objects.toString(exchange.getRequestHeaders().getFirst("X-Workflow-Run")),
                        Objects.toString(exchange.getRequestHeaders().getFirst("X-Workflow-Step")),
                        function,
                        generation.get(),
                        status));
                Peer.send(exchange, status, "text/plain", (new String(body, UTF_8) + function).getBytes(UTF_8));
            });
        }
        scene.workflow(
                "durable: true\nretry: {times: 3, delay: 1ms}\nsteps: [{function: s0}, {function: s1},"
                        + " {function: s2}, {function: s3}, {function: s4}, {function: s5}]\non_failure: notify\nfinally: audit");

        Runs store = ChainingProcess.runs(new FolderRuns(runs));
        List<Set<StepOfRun>> keptBeforeGeneration = new ArrayList<>(List.of(Set.of()));
        for (int kill = 0; kill < kills; kill++) {
            Process process = ChainingProcess.driving(scene, runs, "run-", count);
            int before = seen.size();
            int more = random.nextInt(1, Math.max(2, 8 * count / kills));
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> seen.size() >= before + more || !process.isAlive());
            process.destroyForcibly().waitFor();
            keptBeforeGeneration.add(kept(store, "run-", count));
            generation.incrementAndGet();
        }
        Process last = ChainingProcess.driving(scene, runs, "run-", count);
        assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();

        RunPage page = store.list(Optional.empty(), Optional.empty(), "", 1000);
        assertThat(page.runs()).hasSize(count);
        for (RunStatus run : page.runs()) {
            List<Seen> calls =
                    seen.stream().filter(call -> call.run().equals(run.id())).toList();
            assertEndIsTrue(store, run, calls);
            assertNoneIsRepeatedButByAKill(calls);
            assertEachHookHasOneResult(store.status(run.id()).orElseThrow(), calls);
        }
        assertThat(seen).allSatisfy(call -> assertThat(keptBeforeGeneration.get(call.generation()))
                .as("%s, whose result was kept", call)
                .doesNotContain(call.stepOfRun()));
    }

    /** The steps and hooks of all runs whose results are kept. */
    private static Set<StepOfRun> kept(Runs store, String prefix, int count) throws Exception {
        Set<StepOfRun> kept = new HashSet<>();
        for (int i = 0; i < count; i++) {
            String run = prefix + i;
            store.status(run).map(RunStatus::steps).orElse(List.of()).stream()
                    .map(step -> new StepOfRun(run, step.head().index()))
                    .forEach(kept::add);
        }
        return kept;
    }

    /** However often a kill had it called, {@code finally} is one step of the run with one result; so is {@code on_failure}. */
    private static void assertEachHookHasOneResult(RunStatus run, List<Seen> calls) {
        List<String> hooks = run.state() == RunState.FAILED ? List.of("notify", "audit") : List.of("audit");
        for (String hook : hooks) {
            assertThat(calls.stream()
                            .filter(call -> call.function().equals(hook))
                            .map(Seen::stepOfRun)
                            .distinct())
                    .as("%s of %s", hook, run.id())
                    .hasSize(1);
            assertThat(run.steps())
                    .filteredOn(step -> step.head().function().equals(hook))
                    .as("%s of %s", hook, run.id())
                    .hasSize(1);
        }
    }

    private static int status(Random random) {
        int n = random.nextInt(100);
        return n < 90 ? 200 : n < 97 ? 503 : 422;
    }

    private void assertEndIsTrue(Runs store, RunStatus run, List<Seen> calls) throws Exception {
        List<Seen> refused = calls.stream().filter(call -> call.status() == 422).toList();
        Reply answer = new Workflows(Scene.settings(scene.folder(), new Gateways(List.of(scene.peer.url()))), store)
                .answer(Scene.call("POST", "", Map.of("X-Call-Id", run.id()), run.id()));
        if (run.state() == RunState.SUCCEEDED) {
            assertThat(Scene.text(answer)).isEqualTo(run.id() + "s0s1s2s3s4s5");
            assertThat(calls).noneMatch(call -> call.function().equals("notify"));
        } else {
            assertThat(run.state()).isEqualTo(RunState.FAILED);
            assertThat(answer.status()).isEqualTo(502);
            String failed = Objects.requireNonNull(run.failure()).step();
            assertThat(calls.stream()
                            .filter(call -> call.function().equals(failed))
                            .toList()
                            .getLast()
                            .status())
                    .isNotEqualTo(200);
            assertThat(refused).allMatch(call -> call.function().equals(failed) || isRepeatedAfterAKill(call, calls));
        }
    }

    /** A refusal that came too late to be kept. */
    private static boolean isRepeatedAfterAKill(Seen refusal, List<Seen> calls) {
        return calls.stream()
                .anyMatch(call -> call.step().equals(refusal.step()) && call.generation() > refusal.generation());
    }

    /** A step that has begun shows that those before it were kept: none of them may be called from then on. */
    private static void assertNoneIsRepeatedButByAKill(List<Seen> calls) {
        for (int i = 1; i < calls.size(); i++) {
            Seen before = calls.get(i - 1);
            Seen call = calls.get(i);
            assertThat(Integer.parseInt(call.step())).isGreaterThanOrEqualTo(Integer.parseInt(before.step()));
            if (call.step().equals(before.step()) && before.status() == 200) {
                assertThat(call.generation()).as("%s after %s", call, before).isGreaterThan(before.generation());
            }
        }
    }
}
