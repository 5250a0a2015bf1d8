package imagefunctions.functions.chaining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class FailureTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ONE_CALL =
            "retry: 0\nsteps: [{function: a}, {name: second, function: bad}, {function: c}]";

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    private static JsonNode json(Reply reply) throws IOException {
        return JSON.readTree(reply.body());
    }

    private void assertFailed(Reply reply, int status, int stepStatus, String said) throws IOException {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.headers())
                .containsEntry("Content-Type", "application/problem+json")
                .containsEntry("X-Workflow-Step", "second");
        assertThat(json(reply).path("status").asInt()).isEqualTo(status);
        assertThat(json(reply).path("callId").asText()).isEqualTo("call-1");
        assertThat(json(reply).path("workflow").asText()).isEqualTo("workflow");
        assertThat(json(reply).path("step").asText()).isEqualTo("second");
        assertThat(json(reply).path("stepStatus").asInt()).isEqualTo(stepStatus);
        assertThat(Scene.text(reply)).contains(said);
        assertThat(scene.peer.called()).doesNotContain("c");
    }

    @ParameterizedTest
    @CsvSource({"400, 502", "404, 502", "418, 502", "429, 502", "500, 502", "503, 502", "504, 504"})
    void aStepThatDoesNotAnswer2xxStopsTheWorkflow(int stepStatus, int status) throws Exception {
        scene.peer.with("bad", Peer.answers(stepStatus, "text/plain; charset=utf-8", "no picture in: käse"));

        Reply reply = scene.workflow(ONE_CALL).run("-");

        assertFailed(reply, status, stepStatus, "\"stepText\" : \"no picture in: käse\"");
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        scene.peer.with("bad", Peer.redirects("/function/b"));

        assertFailed(scene.workflow(ONE_CALL).run("-"), 502, 302, "answered 302");
        assertThat(scene.peer.called()).containsExactly("a", "bad");
    }

    @Test
    void aTruncatedAnswerIsAFailure() throws Exception {
        scene.peer.with("bad", Peer.cutsOff());

        assertFailed(scene.workflow(ONE_CALL).run("-"), 502, 200, "its body was cut short (The connection ended");
    }

    @Test
    void aConnectionThatClosesWithoutAnAnswerIsReported() throws Exception {
        scene.peer.with("bad", Peer.hangsUp());

        assertFailed(scene.workflow(ONE_CALL).run("-"), 502, 0, "The connection ended before all of the answer");
    }

    @Test
    void anAnswerThatIsTooLargeIsNotReadToItsEnd() throws Exception {
        scene.peer.with("bad", Peer.sends(200, 1L << 40));

        assertFailed(scene.workflow(ONE_CALL).run("-"), 502, 200, "its body is larger than 1048576 bytes");
    }

    @Test
    void anErrorThatIsTooLargeIsStillTheError() throws Exception {
        scene.peer.with("bad", Peer.sends(500, 1L << 40));

        assertFailed(scene.workflow(ONE_CALL).run("-"), 502, 500, "answered 500");
    }

    @Test
    void aLongErrorIsCutBetweenCharacters() throws Exception {
        String begin = "x".repeat(1999);
        scene.peer.with("bad", Peer.answers(400, "text/plain; charset=utf-8", begin + "😀 and more"));

        assertFailed(scene.workflow(ONE_CALL).run("-"), 502, 400, "\"stepText\" : \"" + begin + "...\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image/*             | image/png                | true
            image/png, text/x   | text/x; charset=utf-8    | true
            */*                 | text/html                | true
            image/*;q=0.5       | text/html; charset=utf-8 | false
            image/jpeg          | image/png                | false
            """)
    void aStepThatSendsAcceptTakesNothingElse(String accept, String type, boolean fits) throws Exception {
        scene.peer.with("bad", Peer.answers(200, type, "<html>"));
        scene.workflow("steps: [{name: second, function: bad, headers: {Accept: \"" + accept + "\"}}]");

        Reply reply = scene.run("-");

        if (fits) {
            assertThat(reply.status()).isEqualTo(200);
        } else {
            assertFailed(reply, 502, 200, "its content type is " + type + " where Accept asks for image/");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout: 300ms", "retry: 0"})
    void aStepThatIsTooSlowTimesOut(String workflow) throws Exception {
        boolean ofWorkflow = workflow.startsWith("timeout");
        scene.peer.with("bad", ofWorkflow ? scene.peer.hangs() : scene.peer.trickles());
        scene.workflow(workflow + "\nsteps: [{function: a}, {name: second, function: bad"
                + (ofWorkflow ? "" : ", timeout: 300ms") + "}, {function: c}]");

        assertFailed(scene.run("-"), 504, 0, "did not answer within");
    }

    private Workflows workflowsAt(int port) {
        return scene.workflows(scene.settingsAt(Gateways.parse("http://127.0.0.1:" + port)));
    }

    @Test
    void anUnreachableGatewayIsRetried() throws Exception {
        scene.workflow("retry: {times: 2, delay: 1ms}\nsteps: [{name: second, function: a}]");
        try (Socket silent = new Socket()) {
            // A port that is taken, and nobody listens there.
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = silent.getLocalPort();

            Reply reply = workflowsAt(port).answer(Scene.call("POST", "explain=true", Map.of(), "-"));

            assertFailed(reply, 502, 0, "cannot be reached at http://127.0.0.1:" + port);
            assertThat(json(reply).at("/steps/0/attempts").asInt()).isEqualTo(3);
        }
    }

    @Test
    void aPeerThatDoesNotSpeakHttpIsReported() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> talkNonsense(server));
            scene.workflow("retry: 0\nsteps: [{name: second, function: a}]");

            assertFailed(workflowsAt(server.getLocalPort()).answer(Scene.post("-")), 502, 0, "cannot be reached");
        }
    }

    private static void talkNonsense(ServerSocket server) {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().write("220 mail.example ready\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    @ParameterizedTest
    @CsvSource({
        "408, true",
        "429, true",
        "502, true",
        "503, true",
        "504, true",
        "400, false",
        "404, false",
        "413, false",
        "500, false",
        "501, false"
    })
    void transientStatusesAreRetried(int status, boolean again) throws Exception {
        scene.peer.with("bad", Peer.recovers(3, status, Peer.appends("b")));
        scene.workflow("retry: {delay: 1ms}\nsteps: [{function: bad}]");

        Reply reply = scene.explain("-");

        assertThat(reply.status()).isEqualTo(again ? 200 : 502);
        assertThat(scene.peer.called()).hasSize(again ? 4 : 1);
        assertThat(json(reply).at("/steps/0/attempts").asInt()).isEqualTo(again ? 4 : 1);
    }

    @ParameterizedTest
    @CsvSource({"retry: 0, 1", "retry: 1, 2", "'retry: {delay: 1ms}', 4", "'retry: {times: 5, delay: 1ms}', 6"})
    void aStepIsRetriedAsOftenAsItSays(String retry, int calls) throws Exception {
        scene.peer.with("bad", Peer.answers(503, "text/plain", "busy"));
        scene.workflow("steps: [{name: second, function: bad, " + retry + "}]");

        assertFailed(scene.run("-"), 502, 503, "busy");
        assertThat(scene.peer.called()).hasSize(calls);
    }

    @Test
    void noDelayExceedsTheRemainingTime() throws Exception {
        scene.peer.with("bad", (exchange, body) -> {
            exchange.getResponseHeaders().set("Retry-After", "3600");
            Peer.send(exchange, 429, "text/plain", new byte[0]);
        });
        scene.workflow("steps: [{name: second, function: bad}]");

        assertFailed(scene.run("-"), 502, 429, "answered 429");
        assertThat(scene.peer.called()).hasSize(1);
    }

    @Test
    void retryAfterIsHonoured() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        scene.peer.with("bad", (exchange, body) -> {
            exchange.getResponseHeaders().set("Retry-After", "1");
            Peer.send(exchange, calls.getAndIncrement() == 0 ? 503 : 200, "text/plain", body);
        });
        scene.workflow("retry: {delay: 1ms}\nsteps: [{function: bad}]");

        Reply reply = scene.explain("-");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(json(reply).at("/steps/0/milliseconds").asDouble()).isGreaterThanOrEqualTo(1000);
    }

    @Test
    void theFailureOfANestedWorkflowIsNotRetried() throws Exception {
        scene.peer.with("bad", (exchange, body) -> {
            exchange.getResponseHeaders().set("X-Workflow-Step", "inner");
            Peer.send(exchange, 502, "application/problem+json", "{}".getBytes(StandardCharsets.UTF_8));
        });
        scene.workflow("steps: [{name: second, function: bad}]");

        assertFailed(scene.run("-"), 502, 502, "answered 502");
        assertThat(scene.peer.called()).hasSize(1);
    }

    @Test
    void aWorkflowThatCallsItselfIsStopped() throws Exception {
        scene.workflow("retry: {delay: 1ms}\nsteps: [{name: second, function: chaining}]");
        Workflows workflows = scene.workflows();
        scene.peer.with("chaining", (exchange, body) -> {
            try {
                Reply reply = workflows.answer(Scene.call(
                        "POST",
                        "",
                        Map.of("X-Workflow-Hops", exchange.getRequestHeaders().getFirst("X-Workflow-Hops")),
                        "-"));
                reply.headers().forEach(exchange.getResponseHeaders()::set);
                Peer.send(exchange, reply.status(), "application/problem+json", reply.body());
            } catch (ProblemException e) {
                Peer.send(
                        exchange,
                        e.problem().status(),
                        "text/plain",
                        e.problem().detail().getBytes(StandardCharsets.UTF_8));
            }
        });

        assertFailed(workflows.answer(Scene.post("-")), 502, 502, "look for one that calls itself");
        assertThat(scene.peer.called()).hasSize(4);
        assertThat(scene.peer.seen())
                .extracting(call -> call.header("X-Workflow-Hops"))
                .containsExactly("1", "2", "3", "4");
    }

    @Test
    void onFailureGetsTheProblemAndFinallyTheTimelineAndNeitherChangesTheAnswer() throws Exception {
        scene.peer
                .with("bad", Peer.answers(500, "text/plain", "boom"))
                .with("report", Peer.answers(200, "text/plain", "reported"))
                .with("clean", Peer.answers(500, "text/plain", "not clean"));
        scene.workflow(ONE_CALL + "\non_failure: report\nfinally: clean");

        Reply reply = scene.run("-");

        assertFailed(reply, 502, 500, "boom");
        assertThat(scene.peer.called()).containsExactly("a", "bad", "report", "clean");
        assertThat(scene.peer.only("report").header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(scene.peer.only("report").body()).isEqualTo(Scene.text(reply));
        JsonNode timeline = JSON.readTree(scene.peer.only("clean").body());
        assertThat(timeline.at("/steps"))
                .extracting(step ->
                        step.path("step").asText() + " " + step.path("end").asText())
                .containsExactly("a done", "second failed", "on_failure done");
    }

    @Test
    void finallyRunsAfterASuccessToo() throws Exception {
        scene.workflow("steps: [{function: a}]\non_failure: c\nfinally: b");

        assertThat(Scene.text(scene.run("-"))).isEqualTo("-a");
        assertThat(scene.peer.called()).containsExactly("a", "b");
    }

    @Test
    void finallyAndOnFailureHaveTimeLeftWhenTheWorkflowHasNone() throws Exception {
        scene.peer.with("bad", scene.peer.hangs());
        scene.workflow("timeout: 200ms\nsteps: [{name: second, function: bad}]\non_failure: a\nfinally: b");

        assertFailed(scene.run("-"), 504, 0, "did not answer");
        assertThat(scene.peer.called()).containsExactly("bad", "a", "b");
    }

    @Test
    void finallyRunsWhenTheCallerGoesAway() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        scene.peer.with("bad", (exchange, body) -> {
            reached.countDown();
            scene.peer.hangs().answer(exchange, body);
        });
        scene.workflow("steps: [{name: p, parallel: [{function: bad}, {function: a}]}]\nfinally: b");
        Workflows workflows = scene.workflows();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                workflows.answer(Scene.post("-"));
            } catch (InterruptedException e) {
                ended.complete(e);
            }
        });
        reached.await();

        caller.interrupt();

        assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        JsonNode timeline = JSON.readTree(scene.peer.only("b").body());
        assertThat(timeline.at("/steps"))
                .extracting(step ->
                        step.path("step").asText() + " " + step.path("end").asText())
                .contains("p/bad cancelled");
    }

    @Test
    void finallyRunsWhenTheCallerGoesAwayWhileBranchesAreBeingStopped() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        scene.peer.with("hang", scene.peer.hangs()).with("end", (exchange, body) -> {
            stopping.countDown();
            scene.peer.hangs().answer(exchange, body);
        });
        scene.file("inner.yml", "workflow: {steps: [{function: hang}], finally: {function: end, timeout: 10s}}");
        scene.workflow(
                "steps: [{name: p, parallel: [{function: none}, {workflow: inner}]}]\non_failure: a\nfinally: b");
        Workflows workflows = scene.workflows();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                workflows.answer(Scene.post("-"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopping.await();

        caller.interrupt();
        caller.join();

        assertThat(scene.peer.called()).containsSubsequence("end", "a", "b");
    }

    @ParameterizedTest
    @CsvSource({"200ms, 50s", "50s, 200ms"})
    void anIncludedWorkflowHasItsOwnTimeoutButNoMoreThanTheEnclosingOne(String outer, String inner) throws Exception {
        scene.peer.with("hang", scene.peer.hangs());
        scene.file("inner.yml", "workflow: {timeout: " + inner + ", steps: [{function: hang, timeout: 50s}]}");
        scene.workflow("timeout: " + outer + "\nsteps: [{name: second, workflow: inner}]");

        Reply reply = scene.run("-");

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.headers()).containsEntry("X-Workflow-Step", "second/hang");
    }

    @Test
    void aStepThatMayFailIsLeftOutAndTheAnswerSaysSo() throws Exception {
        scene.peer.with("bad", Peer.answers(500, "text/plain", "boom"));
        scene.workflow("steps: [{function: a}, {name: second, function: bad, on_failure: continue}, {function: c}]");

        Reply reply = scene.run("-");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("X-Workflow-Left-Out", "second");
        assertThat(Scene.text(reply)).isEqualTo("-ac");
    }

    @Test
    void aRunMakesABoundedNumberOfCalls() throws Exception {
        String values = "foreach: [" + "1,".repeat(100) + "]";
        scene.workflow("steps: [{name: second, " + values + ", steps: [{name: in, " + values + ", function: a}]}]");

        Reply reply = scene.run("-");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(Scene.text(reply)).contains("would make call 1001 of this run");
        assertThat(scene.peer.called()).hasSizeLessThanOrEqualTo(1000);
    }

    @Test
    void allRunsTogetherHoldABoundedNumberOfBytesAndGiveThemBack() throws Exception {
        scene.peer.with("big", Peer.answers(200, "text/plain", "x".repeat(400)));
        scene.peer.with("bad", Peer.answers(200, "text/plain", "x".repeat(700)));
        scene.maxHeld(1000).workflow("steps: [{function: big}, {name: second, function: bad}]");
        scene.file("small.yml", "workflow: {steps: [{function: big}]}");
        Workflows workflows = scene.workflows();

        for (int i = 0; i < 10; i++) {
            assertThat(workflows
                            .answer(Scene.call("POST", "workflow=small", Map.of(), "-"))
                            .status())
                    .isEqualTo(200);
            assertFailed(workflows.answer(Scene.post("-")), 503, 200, "raise IMAGE_FUNCTIONS_MAX_HELD");
        }
    }

    @Test
    void theFinalHooksMustFitIntoExecTimeout() {
        scene.execTimeout(Duration.ofSeconds(10)).workflow("steps: [{function: a}]\non_failure: b\nfinally: c");

        assertThatThrownBy(scene::workflows)
                .hasMessage(
                        "exec_timeout is 10000 ms, but the workflow \"workflow\" reserves 10000 ms of it for on_failure"
                                + " and finally: raise it, or give them shorter timeouts.");
    }

    @Test
    void execTimeoutCapsTheTimeoutOfAWorkflow() throws Exception {
        scene.peer.with("bad", scene.peer.hangs());
        scene.execTimeout(Duration.ofMillis(300)).workflow("steps: [{name: second, function: bad}]");

        assertFailed(scene.run("-"), 504, 0, "did not answer within 2");
    }

    @Test
    void aMissingFolderFailsTheStart() {
        scene.folder(Path.of("no-such-folder"));

        assertThatThrownBy(scene::workflows)
                .hasMessageStartingWith("IMAGE_FUNCTIONS_WORKFLOWS is no-such-folder, which cannot be read");
    }

    @Test
    void everyBranchStopsWhenOneFails() throws Exception {
        List<String> hanging = List.of("h1", "h2");
        CountDownLatch reached = new CountDownLatch(2);
        CountDownLatch left = new CountDownLatch(2);
        for (String name : hanging) {
            scene.peer.with(name, (exchange, body) -> {
                reached.countDown();
                try {
                    scene.peer.trickles().answer(exchange, body);
                } catch (IOException gone) {
                    left.countDown();
                }
            });
        }
        scene.peer.with("bad", (exchange, body) -> {
            reached.await();
            Peer.send(exchange, 500, "text/plain", body);
        });
        scene.workflow(
                "steps: [{name: p, parallel: [{function: h1}, {name: s, steps: [{function: h2}]}, {function: bad}]}]");

        Reply reply = scene.explain("-");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.headers()).containsEntry("X-Workflow-Step", "p/bad");
        assertThat(json(reply).at("/steps"))
                .extracting(step ->
                        step.path("step").asText() + " " + step.path("end").asText())
                .containsExactlyInAnyOrder("p/h1 cancelled", "p/s/h2 cancelled", "p/bad failed");
        Awaitility.await().untilAsserted(() -> assertThat(left.getCount()).isZero());
    }
}
