package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that wait, as their callers and operators see them, wherever the queue is kept. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class AsyncQueueContract {
    /** No function answers in this time, and none is tried again in the time of a test; there is room for five calls. */
    static final Map<String, String> EVERY_CALL_WAITS = Map.of(
            "exec_timeout", "1ms",
            "IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT", "1h",
            "IMAGE_FUNCTIONS_ASYNC_LONGEST_WAIT", "1h",
            "IMAGE_FUNCTIONS_MAX_BODY", "1M",
            "IMAGE_FUNCTIONS_SPOOL_MAX_BYTES", "4M", // an eighth of it is for results
            "IMAGE_FUNCTIONS_DEAD_MAX_BYTES", "1K");

    /** What fails is tried again soon, and as often as may be; there is memory for the bodies of both workers. */
    private static final Map<String, String> EVERY_CALL_ENDS = Map.of(
            "IMAGE_FUNCTIONS_MAX_BODY", "2M",
            "IMAGE_FUNCTIONS_MAX_HELD", "2M",
            "IMAGE_FUNCTIONS_ASYNC_WORKERS", "2",
            "IMAGE_FUNCTIONS_ASYNC_ATTEMPTS", "64",
            "IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT", "100ms",
            "IMAGE_FUNCTIONS_ASYNC_LONGEST_WAIT", "1s",
            "IMAGE_FUNCTIONS_CALLBACK_ATTEMPTS", "64",
            "IMAGE_FUNCTIONS_CALLBACK_FIRST_WAIT", "20ms",
            "IMAGE_FUNCTIONS_CALLBACK_LONGEST_WAIT", "500ms");

    private byte[] photo = {};

    @AutoClose
    private CallbackServer proxy;

    @AutoClose
    private LocalGatewayProcess waiting;

    @AutoClose
    private LocalGatewayProcess ending;

    /** The variables of a gateway that has the queue of this name, with what is in it. */
    abstract Map<String, String> queue(String name);

    /** What a call is told that finds no room. */
    abstract String noRoom();

    /** Asserts what the queue's figures say of now, when they are as new as that. */
    abstract void figures(ThrowingRunnable assertion) throws Throwable;

    /** Starts the gateways that tests share, each of which leaves nothing that waits to the next. */
    @BeforeAll
    void start() throws Exception {
        photo = Files.readAllBytes(Path.of("../../samples/map.jpg"));
        proxy = CallbackServer.start();
        Map<String, String> byProxy = new HashMap<>(EVERY_CALL_ENDS);
        byProxy.put("HTTP_PROXY", proxy.url("")); // Nothing on this machine goes by it.
        waiting = launch("waiting", EVERY_CALL_WAITS);
        ending = launch("ending", byProxy);
        client(waiting);
        client(ending);
    }

    final LocalGatewayProcess launch(String queue, Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(queue(queue));
        all.putAll(environment);
        return LocalGatewayProcess.launch(all);
    }

    /** Waits until the gateway takes calls. */
    static AsyncClient client(LocalGatewayProcess gateway) throws IOException {
        AsyncClient client = new AsyncClient(gateway.listening().at("/"));
        await().until(() -> client.send("GET", "/_/ready").statusCode() == 200);
        return client;
    }

    @AfterEach
    void cancelWhatWaits() throws Exception {
        AsyncClient client = client(waiting);
        for (String id : ids(client.json("/system/async"))) {
            cancel(client, id);
        }
    }

    private static void cancel(AsyncClient client, String id) throws Exception {
        assertThat(client.send("DELETE", "/async-function/" + id).statusCode()).isEqualTo(204);
    }

    final void accepted(AsyncClient client, String function, String id, String callback) throws Exception {
        assertThat(client.call(function, photo, "X-Call-Id", id, "X-Callback-Url", callback)
                        .statusCode())
                .isEqualTo(202);
    }

    final void waits(AsyncClient client, String id) throws Exception {
        assertThat(client.call("transpose", photo, "X-Call-Id", id).statusCode())
                .isEqualTo(202);
        await().until(() -> client.describe(id).path("functionAttempts").asInt() == 1
                && client.state(id).equals("queued"));
    }

    static List<String> ids(JsonNode page) {
        return page.path("calls").findValuesAsText("callId");
    }

    @Test
    void aCallThatWaitsCanBeCancelledAndItsIdIsNotTakenTwice() throws Throwable {
        AsyncClient client = client(waiting);
        waits(client, "waiting");
        assertThat(client.call("draft", photo, "X-Call-Id", "waiting").statusCode())
                .as("the id of a call that is not finished")
                .isEqualTo(409);
        cancel(client, "waiting");
        assertThat(client.send("DELETE", "/async-function/waiting").statusCode())
                .isEqualTo(404);
        assertThat(client.send("GET", "/system/async/waiting").statusCode()).isEqualTo(404);
        figures(() -> assertThat(client.metric("async_spool_bytes")).isZero());
    }

    @Test
    void aCallbackGoesByTheProxyThatTheEnvironmentNames() throws Exception {
        AsyncClient client = client(ending);
        accepted(client, "draft", "by-proxy", "http://receiver.invalid/200");
        await().until(() -> client.state("by-proxy").equals("delivered"));
        assertThat(proxy.of("by-proxy"))
                .singleElement()
                .extracting(delivery -> delivery.header("host"))
                .isEqualTo("receiver.invalid");
    }

    @Test
    void callsAreListedInPagesByTheirState() throws Throwable {
        AsyncClient client = client(waiting);
        for (String id : List.of("c", "a", "e", "b", "d")) {
            waits(client, id);
        }
        JsonNode first = client.json("/system/async?limit=2");
        assertThat(ids(first)).containsExactly("a", "b");
        JsonNode second =
                client.json("/system/async?limit=2&after=" + first.path("next").asText());
        assertThat(ids(second)).containsExactly("c", "d");
        JsonNode last =
                client.json("/system/async?limit=2&after=" + second.path("next").asText());
        assertThat(ids(last)).containsExactly("e");
        assertThat(last.has("next")).as("there is no page after the last").isFalse();

        assertThat(ids(client.json("/system/async?state=queued"))).containsExactly("a", "b", "c", "d", "e");
        assertThat(ids(client.json("/system/async?state=running"))).isEmpty();
        figures(() -> assertThat(client.metric("async_calls_waiting")).isEqualTo(5));

        JsonNode call = client.describe("a");
        assertThat(call.path("function").asText()).isEqualTo("transpose");
        assertThat(Instant.parse(call.path("accepted").asText())).isBefore(Instant.now());
        assertThat(Instant.parse(call.path("nextAttempt").asText()))
                .isAfter(Instant.now().plusSeconds(1000));
    }

    @Test
    void aFullQueueRefusesCallsUntilThereIsRoom() throws Exception {
        AsyncClient client = client(waiting);
        for (int i = 0; i < 5; i++) {
            waits(client, "call-" + i);
        }
        HttpResponse<String> full = client.call("draft", photo, "X-Call-Id", "one-more");
        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(full.headers().firstValue("Retry-After")).isPresent();
        assertThat(full.body()).contains("full", noRoom());
        assertThat(client.send("GET", "/system/async/one-more").statusCode()).isEqualTo(404);

        cancel(client, "call-0");
        waits(client, "one-more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"announced", "chunked"})
    void aBodyOverTheLimitIsRefusedAndLeavesNothing(String way) throws Throwable {
        AsyncClient client = client(waiting);
        byte[] body = new byte[(1 << 20) + 1];
        HttpResponse<String> answer = way.equals("chunked")
                ? client.callChunked("draft", body, "X-Call-Id", way)
                : client.call("draft", body, "X-Call-Id", way);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("1048576 bytes");
        assertThat(client.send("GET", "/system/async/" + way).statusCode()).isEqualTo(404);
        awaitNothingLeft(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n", "4\r\ngood\r\nnonsense\r\n"})
    void aBodyThatIsNotFramedAsHttpIsABadRequestAndLeavesNothing(String body) throws Throwable {
        AsyncClient client = client(waiting);
        try (Socket caller =
                new Socket(InetAddress.getLoopbackAddress(), waiting.at("/").getPort())) {
            caller.setSoTimeout(10_000);
            caller.getOutputStream()
                    .write(("POST /async-function/draft HTTP/1.1\r\nHost: localhost\r\nX-Call-Id: bad-framing\r\n"
                                    + "Transfer-Encoding: chunked\r\n\r\n" + body)
                            .getBytes(ISO_8859_1));

            assertThat(new String(caller.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("does not follow HTTP's framing", "\"bad-framing\"");
        }
        assertThat(client.send("GET", "/system/async/bad-framing").statusCode()).isEqualTo(404);
        awaitNothingLeft(client);
    }

    /** The room is free a moment after the answer. */
    private void awaitNothingLeft(AsyncClient client) throws Throwable {
        await().until(() -> client.metric("async_spool_bytes") == 0);
        figures(() -> assertThat(client.metric("async_spool_bytes")).isZero());
    }

    @Test
    void aCallWhoseBodyFindsNoMemoryIsTriedAgainUntilThereIsSome() throws Exception {
        AsyncClient client = client(ending);
        try (Socket slow =
                new Socket(InetAddress.getLoopbackAddress(), ending.at("/").getPort())) {
            String head = RawServer.head("POST /function/draft HTTP/1.1", "Host: localhost", "Content-Length: 2000000");
            slow.getOutputStream().write(head.getBytes(UTF_8));
            slow.getOutputStream().write(new byte[1_999_999]);
            await().until(() -> client.metric("function_held_bytes") >= 1_999_999);

            client.call("draft", photo, "X-Call-Id", "held-up");
            await().until(() ->
                    client.describe("held-up").path("functionAttempts").asInt() >= 2);
        }
        await().until(() -> client.state("held-up").equals("delivered"));
        assertThat(client.metric("function_held_bytes")).isZero();
    }

    @Test
    void aCallThatFailsEveryTimeIsCalledBackWithItsErrorAndKept() throws Exception {
        Map<String, String> impatient = Map.of(
                "exec_timeout", "1ms",
                "IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT", "20ms",
                "IMAGE_FUNCTIONS_ASYNC_ATTEMPTS", "3");
        try (CallbackServer receiver = CallbackServer.start()) {
            try (LocalGatewayProcess gateway = launch("failing", impatient)) {
                AsyncClient client = client(gateway);
                accepted(client, "transpose", "slow", receiver.url("/200"));
                await().until(() -> client.state("slow").equals("dead")
                        && receiver.of("slow").size() == 1);
                assertThat(client.describe("slow").path("reason").asText())
                        .isEqualTo("The function answered 504 at the last of 3 attempts.");
                assertThat(receiver.of("slow").getFirst().header("x-function-status"))
                        .isEqualTo("504");
                assertThat(ids(client.json("/system/async?state=dead"))).containsExactly("slow");
                gateway.kill();
            }
            try (LocalGatewayProcess gateway = launch("failing", Map.of())) {
                AsyncClient client = client(gateway);
                assertThat(client.send("POST", "/system/async/slow/requeue").statusCode())
                        .isEqualTo(202);
                await().until(() -> client.state("slow").equals("delivered"));
                assertThat(receiver.of("slow").getLast().header("x-function-status"))
                        .isEqualTo("200");
            }
        }
    }

    @Test
    void aReceiverThatIsDownForAWhileGetsTheResultOfOneRunWhenItIsBack() throws Throwable {
        String draft = "function_calls_seconds_count{function=\"draft\"";
        List<String> calls = List.of("call-0", "call-1", "call-2", "call-3", "call-4");
        AsyncClient client = client(ending);
        double before = client.metric(draft);
        try (ReservedPort port = new ReservedPort()) {
            for (String id : calls) {
                accepted(client, "draft", id, port.url() + "/200");
            }
            await().until(() ->
                    client.describe("call-4").path("callbackAttempts").asInt() >= 3);
            assertThat(ids(client.json("/system/async?state=running"))).isEqualTo(calls);
            assertThat(client.send("DELETE", "/async-function/call-4").statusCode())
                    .as("cancelling what has started")
                    .isEqualTo(409);
            figures(() -> assertThat(client.metric("async_results_undelivered")).isEqualTo(5));
            try (CallbackServer receiver = CallbackServer.at(port)) {
                await().until(() ->
                        ids(client.json("/system/async?state=delivered")).containsAll(calls));
                assertThat(receiver.deliveries).hasSize(5);
            }
            assertThat(client.metric(draft)).isEqualTo(before + 5);
        }
    }
}
