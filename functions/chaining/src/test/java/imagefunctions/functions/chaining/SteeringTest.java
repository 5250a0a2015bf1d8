package imagefunctions.functions.chaining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Reply;
import imagefunctions.workflowruns.RunStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durable runs that are paused, resumed, stopped and tried again; every {@code scene.run} is another process. */
@Timeout(60)
final class SteeringTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final Scene scene = new Scene();
    private final RunCaller caller = new RunCaller(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aPausedRunWaitsForItsResumption() throws Exception {
        caller.hold("b");
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}, {function: c}]\nfinally: a");
        CompletableFuture<Reply> first = caller.runInBackground();

        assertThat(caller.ask("pause-flow=call-1").status()).isEqualTo(200);
        caller.goOn();

        assertThat(first.get().status()).isEqualTo(409);
        assertThat(first.get().headers())
                .containsEntry("X-Workflow-State", "paused")
                .containsEntry("Retry-After", "15");
        assertThat(scene.run("-").headers()).containsEntry("X-Workflow-State", "paused");
        assertThat(caller.state("call-1").path("state").asText()).isEqualTo("paused");
        assertThat(scene.peer.called()).containsExactly("a", "b");
        assertThat(Scene.text(caller.ask("resume-flow=call-1"))).isEqualTo("-abc");
        assertThat(Scene.text(scene.run("-"))).isEqualTo("-abc");
        assertThat(scene.peer.called()).containsExactly("a", "b", "c", "a");
    }

    @Test
    void aRepetitionOfTheCallThatResumedDoesNotEndALaterPause() throws Exception {
        caller.hold("b");
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}, {function: c}]");
        CompletableFuture<Reply> first = caller.runInBackground();
        caller.ask("pause-flow=call-1");
        caller.ask("resume-flow=call-1");
        caller.ask("pause-flow=call-1");

        caller.ask("resume-flow=call-1");
        caller.goOn();

        assertThat(first.get().headers()).containsEntry("X-Workflow-State", "paused");
        assertThat(scene.peer.called()).containsExactly("a", "b");
    }

    /** As a second click makes one, and the queue its repetition. */
    @Test
    void aRepetitionOfACallThatFoundNoPauseDoesNotEndALaterOne() throws Exception {
        caller.hold("b");
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}, {function: c}]");
        CompletableFuture<Reply> first = caller.runInBackground();
        caller.ask("resume-flow=call-1");
        caller.ask("pause-flow=call-1");

        caller.ask("resume-flow=call-1");
        caller.goOn();

        assertThat(first.get().headers()).containsEntry("X-Workflow-State", "paused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "none"})
    void aRunThatHasEndedKeepsNothingOfCallsThatResumeIt(String last) throws Exception {
        scene.workflow("durable: true\nsteps: [{function: a}, {function: " + last + "}]");
        scene.run("-");
        List<RunStore.Document> kept = scene.runStore().documents("call-1");

        caller.ask("resume-flow=call-1", "one");
        caller.ask("resume-flow=call-1", "two");

        assertThat(scene.runStore().documents("call-1")).isEqualTo(kept);
    }

    @Test
    void aRunKeepsTheLastFewOfTheCallsThatResumedIt() throws Exception {
        caller.hold("b");
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}]");
        CompletableFuture<Reply> first = caller.runInBackground();
        int calls = 40;

        for (int i = 0; i < calls; i++) {
            caller.ask("resume-flow=call-1", "resume-" + i);
        }
        caller.goOn();
        first.get();

        assertThat(scene.runStore().documents("call-1"))
                .extracting(RunStore.Document::name)
                .filteredOn(name -> name.startsWith("by."))
                .hasSizeLessThan(calls / 2)
                .contains("by.resume-" + (calls - 1));
    }

    @Test
    void aStoppedRunTakesNoFurtherStepButItsFinally() throws Exception {
        caller.hold("b");
        scene.workflow(
                "durable: true\nsteps: [{function: a}, {function: b}, {function: c}]\n" + "on_failure: c\nfinally: a");
        CompletableFuture<Reply> first = caller.runInBackground();

        caller.ask("stop-flow=call-1");
        caller.goOn();

        assertThat(first.get().status()).isEqualTo(409);
        assertThat(first.get().headers())
                .containsEntry("X-Workflow-State", "stopped")
                .doesNotContainKey("Retry-After");
        assertThat(scene.run("-").headers()).containsEntry("X-Workflow-State", "stopped");
        assertThat(scene.peer.called()).containsExactly("a", "b", "a");
    }

    @Test
    void aPausedRunThatIsStoppedComesToItsEndAtOnce() throws Exception {
        caller.hold("b");
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}, {function: c}]\nfinally: a");
        CompletableFuture<Reply> first = caller.runInBackground();
        caller.ask("pause-flow=call-1");
        caller.goOn();
        first.get();

        JsonNode stopped = JSON.readTree(caller.ask("stop-flow=call-1").body());

        assertThat(stopped.path("state").asText()).isEqualTo("stopped");
        assertThat(scene.peer.called()).containsExactly("a", "b", "a");
    }

    @Test
    void aFailedRunIsTriedAgainFromTheStepThatFailed() throws Exception {
        scene.peer.with("bad", Peer.recovers(1, 500, Peer.appends("!")));
        scene.workflow("durable: true\nretry: 0\nsteps: [{function: a}, {function: bad}, {function: b}]\n"
                + "on_failure: c\nfinally: c");
        assertThat(scene.run("-").status()).isEqualTo(502);

        Reply retried = caller.ask("retry-flow=call-1");

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

        Reply retried = caller.ask("retry-flow=call-1");

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
            return caller.state("call-" + runs)
                            .path("steps")
                            .findValues("failure")
                            .size()
                    > 1;
        });
        mended.set(true);

        assertThat(caller.ask("retry-flow=call-" + runs).status()).isEqualTo(200);
    }

    @Test
    void aStepWhoseFallbackFailedIsTriedAgainBeforeIt() throws Exception {
        scene.peer
                .with("bad", Peer.recovers(1, 422, Peer.appends("!")))
                .with("worse", Peer.answers(422, "text/plain", "no"));
        scene.workflow("durable: true\nsteps: [{function: a}, {function: bad, if_failed: {use: worse}}]");
        scene.run("-");

        assertThat(Scene.text(caller.ask("retry-flow=call-1"))).isEqualTo("-a!");
        assertThat(scene.peer.called()).containsExactly("a", "bad", "worse", "bad");
    }

    @Test
    void aStepThatWasLeftOutStaysSoWhenALaterOneIsTriedAgain() throws Exception {
        scene.peer
                .with("poor", Peer.answers(422, "text/plain", "no"))
                .with("bad", Peer.recovers(1, 422, Peer.appends("!")));
        scene.workflow("durable: true\nsteps: [{function: poor, if_failed: continue}, {function: a}, {function: bad}]");
        scene.run("-");

        Reply retried = caller.ask("retry-flow=call-1");

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

        assertThat(Scene.text(caller.ask("retry-flow=call-1"))).isEqualTo("-a!");
    }

    @Test
    void aResumptionThatBreaksOffIsMadeByItsRepetition() throws Exception {
        caller.hold("b");
        scene.workflow("durable: true\nsteps: [{function: a}, {function: b}, {function: c}]");
        CompletableFuture<Reply> first = caller.runInBackground();
        caller.ask("pause-flow=call-1");
        caller.goOn();
        first.get();

        assertThatThrownBy(() -> askWithoutDeleting("wish.pause", "resume-flow=call-1"))
                .hasMessageContaining("The store of durable runs");

        assertThat(Scene.text(caller.ask("resume-flow=call-1"))).isEqualTo("-abc");
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

        caller.ask("retry-flow=call-1");
        Reply again = caller.ask("retry-flow=call-1");

        assertThat(again.status()).isEqualTo(502);
        assertThat(scene.peer.called()).containsExactly("a", "bad", "bad");
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
}
