package imagefunctions.functions.chaining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Reply;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Durable runs as their callers see them; every {@code scene.run} is another process. */
@Timeout(60)
final class DurableRunTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final Scene scene = new Scene();
    private final RunCaller caller = new RunCaller(scene);

    @AfterEach
    void close() {
        scene.close();
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

        JsonNode run = caller.state("call-1");

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
        assertThat(caller.state("call-1").path("steps"))
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
        assertThat(caller.state("call-1:0.1.0").path("state").asText()).isEqualTo("succeeded");
    }

    private Reply call(Map<String, String> headers) throws InterruptedException {
        return scene.workflows().answer(Scene.call("POST", "workflow=inner", headers, "-"));
    }

    @Test
    void aRepetitionWhileItRunsIsAskedToComeBack() throws Exception {
        caller.hold("b");
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}]");
        CompletableFuture<Reply> first = caller.runInBackground();

        Reply meanwhile = scene.run("-");
        caller.goOn();

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
        caller.hold("b");
        scene.file("inner.yml", "workflow:\n  steps: [{function: b}]\n")
                .workflow("durable: true\nsteps: [{function: a}, {workflow: inner}, {name: last, function: c}]");
        CompletableFuture<Reply> first = caller.runInBackground();
        caller.ask("pause-flow=call-1");
        scene.file("inner.yml", "workflow:\n  steps: [{function: a}]\n")
                .workflow("durable: true\nsteps: [{function: c}]");
        caller.goOn();
        assertThat(first.get().status()).isEqualTo(409);

        assertThat(Scene.text(caller.ask("resume-flow=call-1"))).isEqualTo("-abc");
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

    @Test
    void leftOutStepsAreKeptToo() throws Exception {
        scene.peer.with("bad", Peer.answers(422, "text/plain", "no"));
        scene.workflow("durable: true\nsteps: [{function: bad, on_failure: continue}, {function: a}]");

        Reply first = scene.run("-");
        Reply again = scene.run("-");

        assertThat(List.of(first, again))
                .allSatisfy(reply -> assertThat(reply.headers()).containsEntry("X-Workflow-Left-Out", "bad"));
        assertThat(caller.state("call-1").path("leftOut").get(0).asText()).isEqualTo("bad");
        assertThat(scene.peer.called()).containsExactly("bad", "a");
    }
}
