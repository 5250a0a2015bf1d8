package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway, ended in order and started again, while workflows run that call it. */
final class AsyncRestartIT {
    private static final int CALLS = 20;
    private static final int AT_ONCE = 16;
    private static final String WORKFLOW =
            "workflow: {steps: [{function: draft, retry: 0}, {function: slow}, {function: bw}]}";

    private final AtomicInteger asked = new AtomicInteger();
    private final Executor later = CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);
    private final HttpServer functions;
    private final Path folder;

    AsyncRestartIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        functions = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        functions.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        functions.createContext("/", this::answerLater);
        functions.start();
    }

    @AfterEach
    void stop() {
        functions.stop(0);
    }

    private void answerLater(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.incrementAndGet();
        later.execute(() -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void workflowsThatRunAtTheEndFinishAndThoseThatWaitAreMadeAfterTheStart() throws Exception {
        Path workflows = Files.createDirectory(folder.resolve("workflows"));
        Files.writeString(workflows.resolve("workflow.yml"), WORKFLOW);
        Map<String, String> environment = Map.of(
                "IMAGE_FUNCTIONS_SPOOL_FOLDER", folder.resolve("spool").toString(),
                "IMAGE_FUNCTIONS_WORKFLOWS", workflows.toString(),
                "IMAGE_FUNCTIONS_BACKENDS",
                        "slow=http://127.0.0.1:" + functions.getAddress().getPort());
        try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment)) {
            AsyncClient client = new AsyncClient(gateway.at("/"));
            for (int i = 0; i < CALLS; i++) {
                assertThat(client.call("chaining", CallLoad.photo("90x60.jpg"), "X-Call-Id", "call-" + i)
                                .statusCode())
                        .isEqualTo(202);
            }
            await().until(() -> asked.get() == AT_ONCE);
            gateway.terminate();
            assertThat(gateway.status()).isEqualTo(143);
        }
        assertThat(asked).hasValue(AT_ONCE);
        try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment)) {
            AsyncClient client = new AsyncClient(gateway.at("/"));
            for (int i = 0; i < CALLS; i++) {
                String id = "call-" + i;
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> !client.state(id).matches("queued|running"));
                JsonNode call = client.describe(id);
                assertThat(call.path("state").asText()).as(call.toString()).isEqualTo("delivered");
                assertThat(call.path("functionStatus").asInt()).isEqualTo(200);
                assertThat(call.path("functionAttempts").asInt()).isEqualTo(1);
            }
        }
    }
}
