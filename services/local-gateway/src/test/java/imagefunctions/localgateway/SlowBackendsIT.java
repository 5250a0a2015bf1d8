package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.testservers.BareHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions that run elsewhere and do not come to an end, or callers of theirs who do not. */
@Timeout(60)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SlowBackendsIT {
    private static final Duration SHUTDOWN_DELAY = Duration.ofSeconds(1);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(1);
    /** What the process may take after both, and a second for a machine that is busy. */
    private static final Duration HALTS_WITHIN = Duration.ofSeconds(3 + 1);

    private static final CountDownLatch OVER = new CountDownLatch(1);
    /** Ids of calls whose body is there. */
    private static final Set<String> TAKEN = ConcurrentHashMap.newKeySet();
    /** Ids of calls whose connection to the function has ended. */
    private static final Set<String> ENDED = ConcurrentHashMap.newKeySet();

    private static RawServer server;
    private static LocalGatewayProcess gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = new RawServer()
                .at("/trickles", SlowBackendsIT::trickle)
                .at("/takes", SlowBackendsIT::take)
                .at("/silent", exchange -> {
                    exchange.body();
                    TAKEN.add(exchange.header("X-Call-Id"));
                    take(exchange);
                });
        Map<String, String> environment = new HashMap<>();
        environment.put("IMAGE_FUNCTIONS_BACKENDS", "slow=" + server.url("/"));
        environment.put("exec_timeout", "30s");
        environment.put("read_timeout", "1s");
        environment.put("write_timeout", "1s");
        environment.put("IMAGE_FUNCTIONS_ASYNC_WORKERS", "1");
        environment.put("IMAGE_FUNCTIONS_QUEUES", "apart:1");
        Path stack = Files.writeString(
                folder.resolve("stack.yml"), "functions: {slow: {annotations: {com.openfaas.queue: apart}}}");
        environment.put("IMAGE_FUNCTIONS_STACK", stack.toString());
        environment.put("QUARKUS_SHUTDOWN_DELAY", SHUTDOWN_DELAY.toSeconds() + "s");
        environment.put("QUARKUS_SHUTDOWN_TIMEOUT", SHUTDOWN_TIMEOUT.toSeconds() + "s");
        gateway = LocalGatewayProcess.start(environment);
    }

    @AfterAll
    static void stop() throws IOException {
        OVER.countDown();
        gateway.close();
        server.close();
    }

    /** Begins an answer, of which there is more to come for five seconds. */
    private static void trickle(RawServer.Exchange exchange) throws IOException, InterruptedException {
        try {
            exchange.send(RawServer.head("HTTP/1.1 200 OK", "Content-Length: 100"));
            for (int i = 0; i < 100 && !OVER.await(50, MILLISECONDS); i++) {
                exchange.send("x");
            }
        } finally {
            ENDED.add(exchange.header("X-Call-Id"));
        }
    }

    /** Takes what comes, and answers nothing. */
    private static void take(RawServer.Exchange exchange) throws IOException {
        try {
            exchange.in().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            // An end, too.
        }
        ENDED.add(exchange.header("X-Call-Id"));
    }

    /** A caller who has sent this much of a body of a thousand bytes. */
    private static Socket caller(String path, String callId, int sent) throws IOException {
        Socket socket = BareHttp.connect(gateway.at("/"));
        socket.getOutputStream()
                .write((RawServer.head(
                                        "POST /function/slow" + path + " HTTP/1.1",
                                        "Host: localhost",
                                        "X-Call-Id: " + callId,
                                        "Content-Length: 1000")
                                + "x".repeat(sent))
                        .getBytes(ISO_8859_1));
        return socket;
    }

    private static void awaitEnd(String callId, int status) {
        await().untilAsserted(() -> assertThat(ENDED).contains(callId));
        await().untilAsserted(() -> assertThat(gateway.log().lines())
                .anyMatch(line -> line.contains(callId) && line.contains("POST slow " + status)));
    }

    @Test
    void anAnswerThatDoesNotEndInWriteTimeoutIsBrokenOff() throws Exception {
        try (Socket caller = caller("/trickles", "trickling", 1000)) {
            String answer = new String(caller.getInputStream().readAllBytes(), ISO_8859_1);

            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").containsPattern("\r\n\r\nx{2,30}$");
        }
        assertThat(gateway.log()).contains("The answer did not end within 1 s: raise write_timeout for larger ones.");
        awaitEnd("trickling", 200);
    }

    @Test
    void aBodyThatDoesNotArriveInReadTimeoutIsA408() throws Exception {
        try (Socket caller = caller("/takes", "slow-body", 10)) {
            assertThat(new String(caller.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("read_timeout", "\"callId\" : \"slow-body\"");
        }
        awaitEnd("slow-body", 408);
    }

    @Test
    void aCallerWhoLeavesBeforeTheAnswerBeginsEndsTheCall() throws Exception {
        try (Socket caller = caller("/silent", "left-early", 1000)) {
            await().until(() -> TAKEN.contains("left-early"));
            assertThat(caller.isConnected()).isTrue();
        }
        awaitEnd("left-early", 499);
    }

    @Test
    void aCallerWhoLeavesInTheMiddleOfTheBodyEndsTheCall() throws Exception {
        try (Socket caller = caller("/takes", "left-half", 500)) {
            await().until(() -> server.asked("/takes").stream()
                    .anyMatch(call -> call.header("X-Call-Id").equals("left-half")));
            assertThat(caller.isConnected()).isTrue();
        }
        awaitEnd("left-half", 499);
    }

    /** The last of all: it ends the process. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aFunctionThatNeverAnswersHoldsUpNeitherOtherQueuesNorTheProcesssEnd() throws Exception {
        AsyncClient client = new AsyncClient(gateway.at(""));
        for (String id : List.of("slow-1", "slow-2")) {
            client.call("slow/silent", new byte[1], "X-Call-Id", id);
        }
        await().until(() -> TAKEN.contains("slow-1"));
        client.call("draft", Files.readAllBytes(Path.of("../../samples/fixtures/photo.jpg")), "X-Call-Id", "quick");
        await().until(() -> client.state("quick").equals("delivered"));
        assertThat(client.state("slow-1")).isEqualTo("running");
        assertThat(client.state("slow-2")).isEqualTo("queued");

        gateway.terminate();
        long sigterm = System.nanoTime();

        assertThat(gateway.status()).isEqualTo(143);
        assertThat(Duration.ofNanos(System.nanoTime() - sigterm))
                .isGreaterThan(SHUTDOWN_DELAY)
                .isLessThan(SHUTDOWN_DELAY.plus(SHUTDOWN_TIMEOUT).plus(HALTS_WITHIN));
    }
}
