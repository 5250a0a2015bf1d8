package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imagefunctions.testservers.WallClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of the gateway's machine is put forward and back by days, while it runs and while it does not. */
final class ClockJumpIT {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = LONGEST_WAIT.multipliedBy(10);

    @AutoClose
    private final HttpClient http = HttpClient.newHttpClient();

    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch killed = new CountDownLatch(1);
    private final HttpServer functions;
    private final Path folder;
    private final WallClock clock;

    ClockJumpIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.clock = new WallClock(folder.resolve("clock"));
        functions = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        functions.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        functions.createContext("/function/slow", this::answer);
        functions.start();
    }

    @AfterEach
    void stop() {
        functions.stop(0);
    }

    @BeforeAll
    static void clocksCanBeSet() {
        assumeTrue(WallClock.isInstalled(), WallClock.MISSING);
    }

    @Test
    void nothingWaitsLongerThanItsLongestWait() throws Exception {
        Map<String, String> environment = new HashMap<>(clock.environment());
        environment.put("IMAGE_FUNCTIONS_SPOOL_FOLDER", folder.resolve("spool").toString());
        environment.put("IMAGE_FUNCTIONS_CALLBACK_FIRST_WAIT", "1s");
        environment.put("IMAGE_FUNCTIONS_CALLBACK_LONGEST_WAIT", LONGEST_WAIT.toSeconds() + "s");
        environment.put("IMAGE_FUNCTIONS_RUNS_FOLDER", folder.resolve("runs").toString());
        environment.put("IMAGE_FUNCTIONS_RUN_LEASE", LONGEST_WAIT.toSeconds() + "s");
        environment.put("IMAGE_FUNCTIONS_WORKFLOWS", workflows().toString());
        environment.put(
                "gateway_url", "http://127.0.0.1:" + functions.getAddress().getPort());
        try (CallbackServer receiver = CallbackServer.start()) {
            try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment)) {
                AsyncClient client = new AsyncClient(gateway.at("/"));
                for (int days : new int[] {1, -1, 0}) {
                    String id = "jump-to-" + days;
                    waitingForItsReceiver(client, receiver, id);
                    clock.jump(Duration.ofDays(days));
                    await().atMost(PATIENCE).until(() -> client.state(id).equals("delivered"));
                    assertThat(receiver.of(id)).hasSize(4);
                }
                waitingForItsReceiver(client, receiver, "over-a-restart");
                http.sendAsync(run(gateway), BodyHandlers.discarding());
                called.await();
                gateway.kill();
                killed.countDown();
            }
            clock.jump(Duration.ofDays(-1));
            try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment)) {
                AsyncClient client = new AsyncClient(gateway.at("/"));
                await().atMost(PATIENCE)
                        .until(() -> client.state("over-a-restart").equals("delivered"));
                await().atMost(PATIENCE)
                        .until(() -> http.send(run(gateway), BodyHandlers.discarding())
                                        .statusCode()
                                == 200);
            }
        }
    }

    private Path workflows() throws IOException {
        Path workflows = Files.createDirectory(folder.resolve("workflows"));
        Files.writeString(workflows.resolve("workflow.yml"), "workflow: {durable: true, steps: [{function: slow}]}");
        return workflows;
    }

    /** The call of a durable run. */
    private static HttpRequest run(LocalGatewayProcess gateway) throws IOException {
        return HttpRequest.newBuilder(gateway.at("/function/chaining"))
                .header("X-Call-Id", "my-run")
                .POST(HttpRequest.BodyPublishers.ofString("photo"))
                .build();
    }

    /** A function that is at work until the gateway is killed. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            called.countDown();
            killed.await();
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes a call that its receiver has refused once, and will refuse twice more. */
    private static void waitingForItsReceiver(AsyncClient client, CallbackServer receiver, String id) throws Exception {
        byte[] photo = Files.readAllBytes(Path.of("../../samples/fixtures/90x60.jpg"));
        String url = receiver.url("/503/503/503/200");
        assertThat(client.call("draft", photo, "X-Call-Id", id, "X-Callback-Url", url)
                        .statusCode())
                .isEqualTo(202);
        await().until(() -> receiver.of(id).size() == 1
                && client.describe(id).path("nextAttempt").isTextual());
    }
}
