package imagefunctions.localgateway;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that wait, as their callers and operators see them. */
final class AsyncQueueIT {
    /** No function answers in this time, and none is tried again in the time of a test. */
    private static final Map<String, String> EVERY_CALL_WAITS = Map.of(
            "exec_timeout",
            "1ms",
            "IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT",
            "1h",
            "IMAGE_FUNCTIONS_ASYNC_LONGEST_WAIT",
            "1h");

    private final Path spool;
    private byte[] photo = {};

    AsyncQueueIT(@TempDir Path folder) {
        this.spool = folder.resolve("spool");
    }

    @BeforeEach
    void readPhoto() throws IOException {
        photo = Files.readAllBytes(Path.of("../../samples/map.jpg"));
    }

    private LocalGatewayProcess start(Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("IMAGE_FUNCTIONS_SPOOL_FOLDER", spool.toString());
        return LocalGatewayProcess.start(all);
    }

    private void waits(AsyncClient client, String id, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("X-Call-Id", id));
        assertThat(client.call("transpose", photo, all.toArray(String[]::new)).statusCode())
                .isEqualTo(202);
        await().until(() -> client.describe(id).path("functionAttempts").asInt() == 1
                && client.state(id).equals("queued"));
    }

    private static List<String> ids(JsonNode page) {
        return page.path("calls").findValuesAsText("callId");
    }

    @Test
    void aCallThatWaitsCanBeCancelledAndItsIdIsNotTakenTwice() throws Exception {
        try (LocalGatewayProcess gateway = start(EVERY_CALL_WAITS)) {
            AsyncClient client = new AsyncClient(gateway.at("/"));
            waits(client, "waiting");
            assertThat(client.call("draft", photo, "X-Call-Id", "waiting").statusCode())
                    .as("the id of a call that is not finished")
                    .isEqualTo(409);
            assertThat(client.send("DELETE", "/async-function/waiting").statusCode())
                    .isEqualTo(204);
            assertThat(client.send("DELETE", "/async-function/waiting").statusCode())
                    .isEqualTo(404);
            assertThat(client.send("GET", "/system/async/waiting").statusCode()).isEqualTo(404);
            assertThat(client.metric("async_spool_bytes")).isZero();
        }
    }

    @Test
    void aCallbackGoesByTheProxyThatTheEnvironmentNames() throws Exception {
        try (CallbackServer proxy = CallbackServer.start();
                LocalGatewayProcess gateway = start(Map.of("HTTP_PROXY", proxy.url("")))) {
            AsyncClient client = new AsyncClient(gateway.at("/"));
            assertThat(client.call(
                                    "draft",
                                    photo,
                                    "X-Call-Id",
                                    "by-proxy",
                                    "X-Callback-Url",
                                    "http://receiver.invalid/200")
                            .statusCode())
                    .isEqualTo(202);
            await().until(() -> client.state("by-proxy").equals("delivered"));
            assertThat(proxy.of("by-proxy"))
                    .singleElement()
                    .extracting(delivery -> delivery.header("host"))
                    .isEqualTo("receiver.invalid");
        }
    }

    @Test
    void callsAreListedInPagesByTheirState() throws Exception {
        try (LocalGatewayProcess gateway = start(EVERY_CALL_WAITS)) {
            AsyncClient client = new AsyncClient(gateway.at("/"));
            for (String id : List.of("c", "a", "e", "b", "d")) {
                waits(client, id);
            }
            JsonNode first = client.json("/system/async?limit=2");
            assertThat(ids(first)).containsExactly("a", "b");
            JsonNode second = client.json(
                    "/system/async?limit=2&after=" + first.path("next").asText());
            assertThat(ids(second)).containsExactly("c", "d");
            JsonNode last = client.json(
                    "/system/async?limit=2&after=" + second.path("next").asText());
            assertThat(ids(last)).containsExactly("e");
            assertThat(last.has("next")).as("there is no page after the last").isFalse();

            assertThat(ids(client.json("/system/async?state=queued"))).containsExactly("a", "b", "c", "d", "e");
            assertThat(ids(client.json("/system/async?state=running"))).isEmpty();
            assertThat(client.metric("async_calls_waiting")).isEqualTo(5);

            JsonNode call = client.describe("a");
            assertThat(call.path("function").asText()).isEqualTo("transpose");
            assertThat(Instant.parse(call.path("accepted").asText())).isBefore(Instant.now());
            assertThat(Instant.parse(call.path("nextAttempt").asText()))
                    .isAfter(Instant.now().plusSeconds(1000));
        }
    }

    @Test
    void aFullSpoolRefusesCallsUntilThereIsRoom() throws Exception {
        Map<String, String> small = new HashMap<>(EVERY_CALL_WAITS);
        small.put("IMAGE_FUNCTIONS_MAX_BODY", "1M");
        small.put("IMAGE_FUNCTIONS_SPOOL_MAX_BYTES", "2M"); // an eighth of it is for results
        try (LocalGatewayProcess gateway = start(small)) {
            AsyncClient client = new AsyncClient(gateway.at("/"));
            waits(client, "first");
            waits(client, "second");
            HttpResponse<String> full = client.call("draft", photo, "X-Call-Id", "third");
            assertThat(full.statusCode()).isEqualTo(503);
            assertThat(full.headers().firstValue("Retry-After")).isPresent();
            assertThat(full.body()).contains("full", "2097152 bytes");
            assertThat(client.send("GET", "/system/async/third").statusCode()).isEqualTo(404);

            assertThat(client.send("DELETE", "/async-function/first").statusCode())
                    .isEqualTo(204);
            waits(client, "third");
        }
    }

    @Test
    void aCallWhoseBodyFindsNoMemoryIsTriedAgainUntilThereIsSome() throws Exception {
        Map<String, String> small = Map.of(
                "IMAGE_FUNCTIONS_MAX_BODY", "1M",
                "IMAGE_FUNCTIONS_MAX_HELD", "1M",
                "IMAGE_FUNCTIONS_ASYNC_ATTEMPTS", "64",
                "IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT", "100ms",
                "IMAGE_FUNCTIONS_ASYNC_LONGEST_WAIT", "1s");
        try (LocalGatewayProcess gateway = start(small)) {
            AsyncClient client = new AsyncClient(gateway.at("/"));
            try (Socket slow =
                    new Socket(InetAddress.getLoopbackAddress(), gateway.at("/").getPort())) {
                String head =
                        RawServer.head("POST /function/draft HTTP/1.1", "Host: localhost", "Content-Length: 1000000");
                slow.getOutputStream().write(head.getBytes(UTF_8));
                slow.getOutputStream().write(new byte[999_999]);
                await().until(() -> client.metric("function_held_bytes") >= 999_999);

                client.call("draft", photo, "X-Call-Id", "held-up");
                await().until(() ->
                        client.describe("held-up").path("functionAttempts").asInt() >= 2);
            }
            await().until(() -> client.state("held-up").equals("delivered"));
            assertThat(client.metric("function_held_bytes")).isZero();
        }
    }

    @Test
    void aCallThatFailsEveryTimeIsCalledBackWithItsErrorAndKept() throws Exception {
        Map<String, String> impatient = Map.of(
                "exec_timeout",
                "1ms",
                "IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT",
                "20ms",
                "IMAGE_FUNCTIONS_ASYNC_ATTEMPTS",
                "3");
        try (CallbackServer receiver = CallbackServer.start()) {
            try (LocalGatewayProcess gateway = start(impatient)) {
                AsyncClient client = new AsyncClient(gateway.at("/"));
                assertThat(client.call("transpose", photo, "X-Call-Id", "slow", "X-Callback-Url", receiver.url("/200"))
                                .statusCode())
                        .isEqualTo(202);
                await().until(() -> client.state("slow").equals("dead")
                        && receiver.of("slow").size() == 1);
                assertThat(client.describe("slow").path("reason").asText())
                        .isEqualTo("The function answered 504 at the last of 3 attempts.");
                assertThat(receiver.of("slow").getFirst().header("x-function-status"))
                        .isEqualTo("504");
                assertThat(ids(client.json("/system/async?state=dead"))).containsExactly("slow");
                gateway.kill();
            }
            try (LocalGatewayProcess gateway = start(Map.of())) {
                AsyncClient client = new AsyncClient(gateway.at("/"));
                assertThat(client.send("POST", "/system/async/slow/requeue").statusCode())
                        .isEqualTo(202);
                await().until(() -> client.state("slow").equals("delivered"));
                assertThat(receiver.of("slow").getLast().header("x-function-status"))
                        .isEqualTo("200");
            }
        }
    }

    @Test
    void alteredFilesBecomeDeadLettersAndTheOthersGoOn() throws Exception {
        List<String> altered = List.of("cut", "emptied", "flipped", "foreign");
        try (LocalGatewayProcess gateway = start(EVERY_CALL_WAITS)) {
            AsyncClient client = new AsyncClient(gateway.at("/"));
            for (String id : altered) {
                waits(client, id);
            }
            waits(client, "whole");
            gateway.kill();
        }
        // Writing a file makes its call due: a file's time is when its next attempt is.
        byte[] whole = Files.readAllBytes(file("whole"));
        Files.write(file("cut"), Arrays.copyOf(whole, whole.length / 2));
        Files.write(file("emptied"), new byte[0]);
        byte[] flipped = Files.readAllBytes(file("flipped"));
        flipped[flipped.length - 100] ^= 1;
        Files.write(file("flipped"), flipped);
        Files.writeString(file("foreign"), "a note that somebody left here");
        Files.write(file("whole"), whole);

        try (LocalGatewayProcess gateway = start(Map.of())) {
            AsyncClient client = new AsyncClient(gateway.at("/"));
            await().until(() -> client.state("whole").equals("delivered"));
            for (String id : altered) {
                await().until(() -> client.state(id).equals("dead"));
                assertThat(client.describe(id).path("reason").asText())
                        .startsWith("The spool's file was altered or cut off");
            }
            assertThat(client.metric("async_dead_letters")).isEqualTo(4);
        }
    }

    private Path file(String id) {
        return spool.resolve("calls/1/" + id + ".call");
    }

    @Test
    void aReceiverThatIsDownForAWhileGetsTheResultOfOneRunWhenItIsBack() throws Exception {
        Map<String, String> patient =
                Map.of("IMAGE_FUNCTIONS_CALLBACK_FIRST_WAIT", "20ms", "IMAGE_FUNCTIONS_CALLBACK_LONGEST_WAIT", "200ms");
        try (ReservedPort port = new ReservedPort();
                LocalGatewayProcess gateway = start(patient)) {
            AsyncClient client = new AsyncClient(gateway.at("/"));
            String url = port.url() + "/200";
            for (int i = 0; i < 5; i++) {
                assertThat(client.call("draft", photo, "X-Call-Id", "call-" + i, "X-Callback-Url", url)
                                .statusCode())
                        .isEqualTo(202);
            }
            await().until(() ->
                    client.describe("call-4").path("callbackAttempts").asInt() >= 3);
            assertThat(ids(client.json("/system/async?state=running"))).hasSize(5);
            assertThat(client.send("DELETE", "/async-function/call-4").statusCode())
                    .as("cancelling what has started")
                    .isEqualTo(409);
            assertThat(client.metric("async_results_undelivered")).isEqualTo(5);
            try (CallbackServer receiver = CallbackServer.at(port)) {
                await().until(() ->
                        ids(client.json("/system/async?state=delivered")).size() == 5);
                assertThat(receiver.deliveries).hasSize(5);
            }
            assertThat(client.metric("function_calls_seconds_count{function=\"draft\""))
                    .isEqualTo(5);
        }
    }
}
