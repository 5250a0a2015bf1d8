package imagefunctions.runtime.funqy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import imagefunctions.runtime.http.HeldBytes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
final class LimitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Inject
    WorkPool pool;

    @Inject
    HeldBytes held;

    @BeforeEach
    void idle() {
        SampleFunctions.GATE.drainPermits();
        await().until(() -> pool.running() == 0 && pool.waiting() == 0 && held.held() == 0);
    }

    @Test
    void callsBeyondThePoolAndItsQueueAreToldToComeBack() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            calls.add(Http.sendAsync(Http.post("/function/hold", "body")));
        }
        await().until(() -> pool.running() == 2 && pool.waiting() == 2);

        var refused = Http.send(Http.post("/function/hold", "one too many"));
        var ready = Http.send(HttpRequest.newBuilder(Http.at("/_/ready")));
        var health = Http.send(HttpRequest.newBuilder(Http.at("/_/health")));
        SampleFunctions.GATE.release(4);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(ready.statusCode()).isEqualTo(429);
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(200));
    }

    @Test
    void aCallerThatLeavesFreesItsPermit() throws Exception {
        List<Socket> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Socket caller =
                    new Socket(InetAddress.getLoopbackAddress(), Http.at("/").getPort());
            caller.getOutputStream()
                    .write("POST /function/hold HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx"
                            .getBytes(StandardCharsets.US_ASCII));
            callers.add(caller);
        }
        await().until(() -> pool.running() == 2 && pool.waiting() == 2);

        for (Socket caller : callers) {
            caller.close();
        }

        await().until(() -> pool.running() == 0 && pool.waiting() == 0 && held.held() == 0);
    }

    @Test
    void bodiesThatFillTheMemoryTogetherAreRefused() throws Exception {
        byte[] megabyte = new byte[1 << 20];
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            calls.add(Http.sendAsync(Http.post("/function/hold", megabyte)));
        }
        await().until(() -> pool.running() == 2 && pool.waiting() == 2);

        var refused = Http.send(Http.post("/function/where", "x"));
        SampleFunctions.GATE.release(4);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("4194304 bytes");
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(200));
        await().until(() -> held.held() == 0);
    }

    @Test
    void bodiesThatAreOnlyAnnouncedTakeNoMemoryFromOthers() throws Exception {
        List<Socket> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(callerThatSends("POST /function/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n"));
        }
        await().until(() -> held.held() > 0);

        assertThat(Http.send(Http.post("/function/shout", "a")).statusCode()).isEqualTo(200);
        for (Socket caller : callers) {
            caller.close();
        }
        await().until(() -> held.held() == 0);
    }

    @ParameterizedTest
    @CsvSource({"499,Content-Length: 9,x", "400,Transfer-Encoding: chunked,nonsense", "413,Content-Length: 2000000,x"})
    void callsThatEndBeforeTheirBodyIsWholeAreCounted(int status, String header, String start) throws Exception {
        String counted = "function_calls_seconds_count{function=\"echo\",status=\"" + status + "\"";
        try (Socket caller =
                callerThatSends("POST /function/echo HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n" + start + "\r\n")) {
            caller.shutdownOutput();
        }

        await().until(() ->
                Http.send(HttpRequest.newBuilder(Http.at("/metrics"))).body().contains(counted));
    }

    private static Socket callerThatSends(String text) throws IOException {
        Socket caller =
                new Socket(InetAddress.getLoopbackAddress(), Http.at("/").getPort());
        caller.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return caller;
    }

    @Test
    void aBodyThatDoesNotArriveInTimeIsRefused() throws Exception {
        try (Socket slow =
                new Socket(InetAddress.getLoopbackAddress(), Http.at("/").getPort())) {
            slow.setSoTimeout(10_000);
            slow.getOutputStream()
                    .write("POST /function/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx"
                            .getBytes(StandardCharsets.US_ASCII));

            String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("did not arrive within 2 s");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anAnswerThatIsNotTakenInTimeIsCutOff() throws Exception {
        try (Socket caller =
                callerThatSends("POST /function/large HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")) {
            assertThat(isOpenAtTheServer(caller)).isTrue();

            await().until(() -> !isOpenAtTheServer(caller));
        }
    }

    /** Whether the system's table of connections has the server's end of this one as established. */
    private static boolean isOpenAtTheServer(Socket caller) throws IOException {
        Pattern open = Pattern.compile("\\w+:%04X \\w+:%04X 01 ".formatted(caller.getPort(), caller.getLocalPort()));
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (open.matcher(Files.readString(Path.of(table))).find()) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aSettingOutOfRangeNamesItsVariable() {
        assertThatThrownBy(() -> new CallLimits(1, 0, 0, SECOND))
                .hasMessage("IMAGE_FUNCTIONS_MAX_WAITING is 0: set it from 1 to 1000000.");
    }
}
