package imagefunctions.functions.chaining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Reply;
import imagefunctions.workflowruns.RunStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durable runs as their callers see them; every {@code scene.run} is another process. */
@Timeout(60)
final class DurableRunTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final Scene scene = new Scene();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        scene.close();
    }

    private Reply ask(String query) throws InterruptedException {
        return ask(query, "steering");
    }

    private Reply ask(String query, String callId) throws InterruptedException {
        return scene.workflows().answer(Scene.call("POST", query, Map.of("X-Call-Id", callId), ""));
    }

    private JsonNode state(String run) throws Exception {
        return JSON.readTree(ask("state-flow=" + run).body());
    }

    /** Answers as {@code b} does, but not before the test lets it. */
    private void hold(String function) {
        scene.peer.with(function, (exchange, body) -> {
            reached.countDown();
            goOn.await(30, TimeUnit.SECONDS);
            Peer.appends(function).answer(exchange, body);
        });
    }

    private CompletableFuture<Reply> runInBackground() throws Exception {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                reply.complete(scene.run("-"));
            } catch (Throwable e) {
                reply.completeExceptionally(e);
            }
        });
        reached.await();
        return reply;
    }

    @Test
    void aRunThatHasEndedAnswersItsRepetitionsWithoutACall() throws Exception {
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}]\nfinally: c");

        Reply first = scene.run("-");
        Reply again = scene.run("-");

        assertThat(Scene.text(first)).isEqualTo("-ab");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers()).isEqualTo(first.headers());
        assertThat(first.headers())
                .containsEntry("X-Workflow-Run", "call-1")
                .containsEntry("X-Workflow-State", "succeeded");
        assertThat(scene.peer.called()).containsExactly("a", "b", "c");
    }

    @Test
    void aRunThatHasFailedAnswersItsFailureAgain() throws Exception {
        scene.peer.with("bad", Peer.answers(415, "text/plain", "no picture"));
        scene.workflow("durable: true\nsteps: [{function: a}, {function: bad}]\non_failure: b\nfinally: c");

        Reply first = scene.run("-");
        Reply again = scene.run("-");

        assertThat(first.status()).isEqualTo(502);
        assertThat(first.headers()).containsEntry("X-Workflow-Step", "bad").containsEntry("X-Workflow-State", "failed");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(scene.peer.called()).containsExactly("a", "bad", "b", "c");
    }

    @Test
    void theTimelineOfARunThatHasEndedIsStillThere() throws Exception {
        scene.peer.with("b", Peer.recovers(1, 503, Peer.appends("b")));
        scene.workflow("durable: true\nretry: {times: 1, delay: 1ms}\nsteps: [{function: a}, {function: b}]");
        scene.run("-");

        JsonNode steps = JSON.readTree(scene.explain("-").body()).path("steps");

        assertThat(steps.findValuesAsText("step")).containsExactly("a", "b");
        assertThat(steps.get(1).path("attempts").asInt()).isEqualTo(2);
        assertThat(scene.peer.called()).containsExactly("a", "b", "b");
    }

    @Test
    void theStateHasEveryStepWithItsAttemptsAndChecksum() throws Exception {
        scene.peer.with("b", Peer.recovers(1, 503, Peer.appends("b")));
        scene.workflow("durable: true\nretry: {times: 1, delay: 1ms}\nsteps: [{function: a}, {function: b}]");
        scene.run("-");

        JsonNode run = state("call-1");

        assertThat(run.path("workflow").asText()).isEqualTo("workflow");
        assertThat(run.path("state").asText()).isEqualTo("succeeded");
        JsonNode step = run.path("steps").get(1);
        assertThat(step.path("index").asText()).isEqualTo("1");
        assertThat(step.path("function").asText()).isEqualTo("b");
        assertThat(step.path("gateway").asText()).startsWith("127.0.0.1:");
        assertThat(step.path("status").asInt()).isEqualTo(200);
        assertThat(step.path("bytes").asInt()).isEqualTo("-ab".length());
        assertThat(step.path("checksum").asText()).matches("[0-9a-f]{8}");
        assertThat(step.path("attempts").findValuesAsText("status")).containsExactly("503", "200");
        assertThat(step.path("attempts").findValuesAsText("reason")).containsExactly("not now", "");
    }

    @Test
    void everyCallSaysWhichStepOfWhichRunItIs() throws Exception {
        scene.workflow("durable: true\nsteps:\n  - function: a\n  - name: each\n    foreach: [x, y]\n"
                + "    max_parallel: 1\n    function: b\nfinally: c");

        scene.run("-");

        assertThat(scene.peer.seen())
                .extracting(seen -> seen.header("X-Workflow-Run") + " " + seen.header("X-Workflow-Step"))
                .containsExactly("call-1 0", "call-1 1.0.0", "call-1 1.1.0", "call-1 2");
    }

    @Test
    void whatIsCalledAtTheEndHasANumberOfItsOwnBehindStepsInOnePass() throws Exception {
        scene.peer.with("a", Peer.answers(200, "text/plain", "-")).with("bad", Peer.answers(422, "text/plain", "no"));
        scene.workflow("""
                durable: true
                pushdown: true
                steps: [{function: draft}, {function: bw}, {function: a}, {function: bad}]
                on_failure: b
                finally: c""");
        byte[] photo = Files.readAllBytes(Path.of("../../samples/portrait.jpg"));
        HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);

        scene.workflows().answer(new Call("chaining", "call-1", "POST", "", none, Map.of(), photo));
        JsonNode graph = JSON.readTree(scene.workflows()
                .answer(Scene.call("GET", "export=json", Map.of(), ""))
                .body());

        assertThat(scene.peer.seen())
                .extracting(seen -> seen.function() + " " + seen.header("X-Workflow-Step"))
                .containsExactly("a 2", "bad 3", "b 4", "c 5");
        assertThat(state("call-1").path("steps"))
                .extracting(step -> step.path("index").asText())
                .containsExactly("0-1", "2", "3", "4", "5");
        assertThat(graph.findValuesAsText("index"))
                .filteredOn(index -> !index.isEmpty())
                .containsExactly("0-1", "2", "3", "4", "5");
    }

    @Test
    void theStepsOfAWorkflowThatCallDurableOnesHaveRunsOfTheirOwn() throws Exception {
        scene.file("inner.yml", "workflow:\n  durable: true\n  steps: [{function: a}]\n")
                .workflow("steps:\n  - name: each\n    foreach: [x, y]\n    max_parallel: 1\n    function: inner\n"
                        + "    query: {workflow: inner}\n    aggregate: first");
        scene.peer.with("inner", (exchange, body) -> {
            Reply reply = call(Map.of(
                    "X-Call-Id", "call-1",
                    "X-Workflow-Run", exchange.getRequestHeaders().getFirst("X-Workflow-Run"),
                    "X-Workflow-Step", exchange.getRequestHeaders().getFirst("X-Workflow-Step")));
            Peer.send(exchange, reply.status(), "text/plain", reply.body());
        });

        assertThat(scene.run("-").status()).isEqualTo(200);
        assertThat(scene.peer.called()).containsExactly("inner", "a", "inner", "a");
        assertThat(state("call-1:0.1.0").path("state").asText()).isEqualTo("succeeded");
    }

    private Reply call(Map<String, String> headers) throws InterruptedException {
        return scene.workflows().answer(Scene.call("POST", "workflow=inner", headers, "-"));
    }

    @Test
    void aRepetitionWhileItRunsIsAskedToComeBack() throws Exception {
        hold("b");
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}]");
        CompletableFuture<Reply> first = runInBackground();

        Reply meanwhile = scene.run("-");
        goOn.countDown();

        assertThat(meanwhile.status()).isEqualTo(409);
        assertThat(meanwhile.headers())
                .containsEntry("X-Workflow-State", "running")
                .containsKey("Retry-After");
        assertThat(Scene.text(first.get())).isEqualTo("-ab");
        assertThat(scene.peer.called()).containsExactly("a", "b");
    }

    /** As a run of a picture in a bucket, which its event and reconciles have in common. */
    @Test
    void aRunThatHasEndedIsBegunAnewByAnotherCall() throws Exception {
        scene.workflow("durable: true\nsteps: [{function: a}]");

        for (String call : List.of("event", "event", "reconcile", "reconcile")) {
            Map<String, String> headers =
                    Map.of("X-Call-Id", call, "X-Workflow-Run", "processimages", "X-Workflow-Step", "picture");
            Reply reply = scene.workflows().answer(Scene.call("POST", "", headers, "-"));
            assertThat(Scene.text(reply)).isEqualTo("-a");
        }

        assertThat(scene.peer.called()).containsExactly("a", "a");
    }

    @Test
    void anIdIsNotTakenByAnotherBody() throws Exception {
        scene.workflow("durable: true\nsteps: [{function: a}]");
        scene.run("one");

        assertThatThrownBy(() -> scene.run("two"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("under an X-Call-Id of its own");
    }

    @Test
    void anIdIsNotTakenByOtherParameters() throws Exception {
        scene.workflow("durable: true\nsteps: [{function: a, query: {width: \"${query.width}\"}}]");
        scene.workflows().answer(Scene.call("POST", "width=320", Map.of(), "-"));

        assertThatThrownBy(() -> scene.workflows().answer(Scene.call("POST", "width=640", Map.of(), "-")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(409));
        assertThat(scene.peer.only("a").query()).isEqualTo("width=320");
    }

    @Test
    void aChangedFileDoesNotChangeARunThatHasBegun() throws Exception {
        hold("b");
        scene.file("inner.yml", "workflow:\n  steps: [{function: b}]\n")
                .workflow("durable: true\nsteps: [{function: a}, {workflow: inner}, {name: last, function: c}]");
        CompletableFuture<Reply> first = runInBackground();
        ask("pause-flow=call-1");
        scene.file("inner.yml", "workflow:\n  steps: [{function: a}]\n")
                .workflow("durable: true\nsteps: [{function: c}]");
        goOn.countDown();
        assertThat(first.get().status()).isEqualTo(409);

        assertThat(Scene.text(ask("resume-flow=call-1"))).isEqualTo("-abc");
    }

    @Test
    void aPausedRunWaitsForItsResumption() throws Exception {
        hold("b");
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}, {function: c}]\nfinally: a");
        CompletableFuture<Reply> first = runInBackground();

        assertThat(ask("pause-flow=call-1").status()).isEqualTo(200);
        goOn.countDown();

        assertThat(first.get().status()).isEqualTo(409);
        assertThat(first.get().headers())
                .containsEntry("X-Workflow-State", "paused")
                .containsEntry("Retry-After", "15");
        assertThat(scene.run("-").headers()).containsEntry("X-Workflow-State", "paused");
        assertThat(state("call-1").path("state").asText()).isEqualTo("paused");
        assertThat(scene.peer.called()).containsExactly("a", "b");
        assertThat(Scene.text(ask("resume-flow=call-1"))).isEqualTo("-abc");
        assertThat(Scene.text(scene.run("-"))).isEqualTo("-abc");
        assertThat(scene.peer.called()).containsExactly("a", "b", "c", "a");
    }

    @Test
    void aRepetitionOfTheCallThatResumedDoesNotEndALaterPause() throws Exception {
        hold("b");
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}, {function: c}]");
        CompletableFuture<Reply> first = runInBackground();
        ask("pause-flow=call-1");
        ask("resume-flow=call-1");
        ask("pause-flow=call-1");

        ask("resume-flow=call-1");
        goOn.countDown();

        assertThat(first.get().headers()).containsEntry("X-Workflow-State", "paused");
        assertThat(scene.peer.called()).containsExactly("a", "b");
    }

    /** As a second click makes one, and the queue its repetition. */
    @Test
    void aRepetitionOfACallThatFoundNoPauseDoesNotEndALaterOne() throws Exception {
        hold("b");
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}, {function: c}]");
        CompletableFuture<Reply> first = runInBackground();
        ask("resume-flow=call-1");
        ask("pause-flow=call-1");

        ask("resume-flow=call-1");
        goOn.countDown();

        assertThat(first.get().headers()).containsEntry("X-Workflow-State", "paused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "none"})
    void aRunThatHasEndedKeepsNothingOfCallsThatResumeIt(String last) throws Exception {
        scene.workflow("durable: true\nsteps: [{function: a}, {function: " + last + "}]");
        scene.run("-");
        List<RunStore.Document> kept = scene.runStore().documents("call-1");

        ask("resume-flow=call-1", "one");
        ask("resume-flow=call-1", "two");

        assertThat(scene.runStore().documents("call-1")).isEqualTo(kept);
    }

    @Test
    void aRunKeepsTheLastFewOfTheCallsThatResumedIt() throws Exception {
        hold("b");
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}]");
        CompletableFuture<Reply> first = runInBackground();
        int calls = 40;

        for (int i = 0; i < calls; i++) {
            ask("resume-flow=call-1", "resume-" + i);
        }
        goOn.countDown();
        first.get();

        assertThat(scene.runStore().documents("call-1"))
                .extracting(RunStore.Document::name)
                .filteredOn(name -> name.startsWith("by."))
                .hasSizeLessThan(calls / 2)
                .contains("by.resume-" + (calls - 1));
    }

    @Test
    void aStoppedRunTakesNoFurtherStepButItsFinally() throws Exception {
        hold("b");
        scene.workflow(
                "durable: true\nsteps: [{function: a}, {function: b}, {function: c}]\n" + "on_failure: c\nfinally: a");
        CompletableFuture<Reply> first = runInBackground();

        ask("stop-flow=call-1");
        goOn.countDown();

        assertThat(first.get().status()).isEqualTo(409);
        assertThat(first.get().headers())
                .containsEntry("X-Workflow-State", "stopped")
                .doesNotContainKey("Retry-After");
        assertThat(scene.run("-").headers()).containsEntry("X-Workflow-State", "stopped");
        assertThat(scene.peer.called()).containsExactly("a", "b", "a");
    }

    @Test
    void aPausedRunThatIsStoppedComesToItsEndAtOnce() throws Exception {
        hold("b");
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}, {function: c}]\nfinally: a");
        CompletableFuture<Reply> first = runInBackground();
        ask("pause-flow=call-1");
        goOn.countDown();
        first.get();

        JsonNode stopped = JSON.readTree(ask("stop-flow=call-1").body());

        assertThat(stopped.path("state").asText()).isEqualTo("stopped");
        assertThat(scene.peer.called()).containsExactly("a", "b", "a");
    }

    @Test
    void aFailedRunIsTriedAgainFromTheStepThatFailed() throws Exception {
        scene.peer.with("bad", Peer.recovers(1, 500, Peer.appends("!")));
        scene.workflow("durable: true\nretry: 0\nsteps: [{function: a}, {function: bad}, {function: b}]\n"
                + "on_failure: c\nfinally: c");
        assertThat(scene.run("-").status()).isEqualTo(502);

        Reply retried = ask("retry-flow=call-1");

        assertThat(Scene.text(retried)).isEqualTo("-a!b");
        assertThat(Scene.text(scene.run("-"))).isEqualTo("-a!b");
        assertThat(scene.peer.called()).containsExactly("a", "bad", "c", "c", "bad", "b", "c");
    }

    @Test
    void aBranchThatSucceededIsKeptWhenItsSiblingIsTriedAgain() throws Exception {
        CountDownLatch bDone = new CountDownLatch(1);
        scene.peer
                .with("b", (exchange, body) -> {
                    Peer.appends("b").answer(exchange, body);
                    bDone.countDown();
                })
                .with("bad", Peer.recovers(1, 422, (exchange, body) -> Peer.appends("!")
                        .answer(exchange, body)));
        scene.workflow("durable: true\nsteps:\n  - name: p\n    parallel:\n      - function: b\n"
                + "      - name: s\n        steps: [{function: a}, {function: bad}]\n    aggregate: c");
        Awaitility.await().until(() -> {
            Reply reply = scene.run("-");
            return reply.status() == 502;
        });

        Reply retried = ask("retry-flow=call-1");

        assertThat(retried.status()).isEqualTo(200);
        assertThat(scene.peer.called().stream().filter("a"::equals)).hasSize(1);
        assertThat(bDone.getCount()).isZero();
    }

    @Test
    void branchesThatFailedTogetherAreTriedAgainTogether() throws Exception {
        AtomicBoolean mended = new AtomicBoolean();
        scene.peer.with("bad", (exchange, body) -> Peer.send(exchange, mended.get() ? 200 : 422, "text/plain", body));
        scene.workflow("durable: true\nsteps: [{name: each, foreach: [1, 2, 3, 4], function: bad, aggregate: first}]");
        AtomicInteger runs = new AtomicInteger();
        // Those that have not answered when the first fails are not kept.
        Awaitility.await().until(() -> {
            scene.workflows()
                    .answer(Scene.call("POST", "", Map.of("X-Call-Id", "call-" + runs.incrementAndGet()), "-"));
            return state("call-" + runs).path("steps").findValues("failure").size() > 1;
        });
        mended.set(true);

        assertThat(ask("retry-flow=call-" + runs).status()).isEqualTo(200);
    }

    @Test
    void aStepWhoseFallbackFailedIsTriedAgainBeforeIt() throws Exception {
        scene.peer
                .with("bad", Peer.recovers(1, 422, Peer.appends("!")))
                .with("worse", Peer.answers(422, "text/plain", "no"));
        scene.workflow("durable: true\nsteps: [{function: a}, {function: bad, if_failed: {use: worse}}]");
        scene.run("-");

        assertThat(Scene.text(ask("retry-flow=call-1"))).isEqualTo("-a!");
        assertThat(scene.peer.called()).containsExactly("a", "bad", "worse", "bad");
    }

    @Test
    void aStepThatWasLeftOutStaysSoWhenALaterOneIsTriedAgain() throws Exception {
        scene.peer
                .with("poor", Peer.answers(422, "text/plain", "no"))
                .with("bad", Peer.recovers(1, 422, Peer.appends("!")));
        scene.workflow("durable: true\nsteps: [{function: poor, if_failed: continue}, {function: a}, {function: bad}]");
        scene.run("-");

        Reply retried = ask("retry-flow=call-1");

        assertThat(Scene.text(retried)).isEqualTo("-a!");
        assertThat(retried.headers()).containsEntry("X-Workflow-Left-Out", "poor");
        assertThat(scene.peer.called()).containsExactly("poor", "a", "bad", "bad");
    }

    @Test
    void aRetryThatBreaksOffIsMadeByItsRepetition() throws Exception {
        scene.peer.with("bad", Peer.recovers(1, 422, Peer.appends("!")));
        scene.workflow("durable: true\nsteps: [{function: a}, {function: bad}]");
        scene.run("-");

        assertThatThrownBy(() -> askWithoutDeleting("end.failed", "retry-flow=call-1"))
                .hasMessageContaining("The store of durable runs");

        assertThat(Scene.text(ask("retry-flow=call-1"))).isEqualTo("-a!");
    }

    @Test
    void aResumptionThatBreaksOffIsMadeByItsRepetition() throws Exception {
        hold("b");
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}, {function: c}]");
        CompletableFuture<Reply> first = runInBackground();
        ask("pause-flow=call-1");
        goOn.countDown();
        first.get();

        assertThatThrownBy(() -> askWithoutDeleting("wish.pause", "resume-flow=call-1"))
                .hasMessageContaining("The store of durable runs");

        assertThat(Scene.text(ask("resume-flow=call-1"))).isEqualTo("-abc");
    }

    /** The store fails where this document is to be deleted. */
    private void askWithoutDeleting(String document, String query) throws InterruptedException {
        RunStore store = (RunStore) Proxy.newProxyInstance(
                RunStore.class.getClassLoader(), new Class<?>[] {RunStore.class}, (proxy, method, values) -> {
                    if (method.getName().equals("within")) {
                        return proxy;
                    }
                    if (method.getName().equals("delete") && values[1].equals(document)) {
                        throw new IOException("out of order");
                    }
                    return method.invoke(scene.runStore(), values);
                });
        new Workflows(scene.settings(), Scene.runs(store))
                .answer(Scene.call("POST", query, Map.of("X-Call-Id", "steering"), ""));
    }

    @Test
    void theRepetitionOfARetryTriesNothingAgain() throws Exception {
        scene.peer.with("bad", Peer.answers(422, "text/plain", "no"));
        scene.workflow("durable: true\nsteps: [{function: a}, {function: bad}]");
        scene.run("-");

        ask("retry-flow=call-1");
        Reply again = ask("retry-flow=call-1");

        assertThat(again.status()).isEqualTo(502);
        assertThat(scene.peer.called()).containsExactly("a", "bad", "bad");
    }

    @Test
    void aRunThatNeedsMoreTimeThanOneCallHasIsGoneOnWithByItsRepetitions() throws Exception {
        Duration halfACall = Duration.ofMillis(900);
        AtomicLong called = new AtomicLong(System.nanoTime());
        scene.peer.with("slow", (exchange, body) -> {
            Awaitility.await().until(() -> System.nanoTime() - called.get() > halfACall.toNanos());
            Peer.appends("s").answer(exchange, body);
        });
        scene.execTimeout(Duration.ofSeconds(2)).workflow("""
                        durable: true
                        timeout: 1m
                        steps:
                          - name: each
                            foreach: [1, 2, 3]
                            max_parallel: 1
                            function: slow
                            aggregate: first
                          - function: a
                        finally: {function: c, timeout: 200ms}
                        """);

        Reply reply = scene.run("-");
        int slices = 1;
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers()).containsEntry("X-Workflow-State", "waiting").containsEntry("Retry-After", "1");
        for (; reply.status() == 503; slices++) {
            called.set(System.nanoTime());
            reply = scene.run("-");
        }

        assertThat(Scene.text(reply)).isEqualTo("-sa");
        assertThat(slices).isGreaterThan(2);
        assertThat(scene.peer.called().stream().filter("slow"::equals)).hasSize(3);
        assertThat(scene.peer.called().stream().filter("c"::equals)).hasSize(1);
    }

    @Test
    void aRunsTimeoutCountsItsSlicesTogether() throws Exception {
        scene.peer.with("slow", scene.peer.hangs());
        scene.execTimeout(Duration.ofMillis(600))
                .workflow("durable: true\ntimeout: 1s\nretry: 0\nsteps: [{function: a}, {function: slow}]");

        Reply reply = scene.run("-");
        while (reply.status() == 503) {
            reply = scene.run("-");
        }

        assertThat(reply.status()).isEqualTo(504);
        assertThat(scene.peer.called())
                .startsWith("a", "slow")
                .filteredOn("a"::equals)
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, state-flow=nosuch,                 404",
        "GET,  state-flow=nosuch,                 404",
        "POST, pause-flow=nosuch,                 404",
        "POST, resume-flow=nosuch,                404",
        "POST, stop-flow=nosuch,                  404",
        "POST, retry-flow=nosuch,                 404",
        "GET,  stop-flow=nosuch,                  405",
        "POST, stop-flow=../../etc,               400",
        "POST, stop-flow=a&pause-flow=b,          400"
    })
    void whatCannotBeSteeredIsRefused(String method, String query, int status) throws Exception {
        scene.workflow("durable: true\nsteps: [{function: a}]");

        assertThatThrownBy(() -> scene.workflows().answer(Scene.call(method, query, Map.of(), "")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(status));
    }

    @Test
    void leftOutStepsAreKeptToo() throws Exception {
        scene.peer.with("bad", Peer.answers(422, "text/plain", "no"));
        scene.workflow("durable: true\nsteps: [{function: bad, on_failure: continue}, {function: a}]");

        Reply first = scene.run("-");
        Reply again = scene.run("-");

        assertThat(List.of(first, again))
                .allSatisfy(reply -> assertThat(reply.headers()).containsEntry("X-Workflow-Left-Out", "bad"));
        assertThat(state("call-1").path("leftOut").get(0).asText()).isEqualTo("bad");
        assertThat(scene.peer.called()).containsExactly("bad", "a");
    }
}
