package imagefunctions.localgateway.runs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imagefunctions.localgateway.LocalGatewayProcess;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Durable runs that others begin than a waiting caller, and a gateway that is killed in the middle of them. */
final class DurableKillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @AutoClose
    private final HttpClient client = HttpClient.newHttpClient();

    @AutoClose
    private final ReservedPort gatewayPort = new ReservedPort();

    @AutoClose
    private final ReservedPort s3 = new ReservedPort();

    /** Each with the body it got. */
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();

    private final CountDownLatch killed = new CountDownLatch(1);
    private final HttpServer functions;

    DurableKillIT() throws IOException {
        functions = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        functions.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        functions.createContext("/function/", this::answer);
        functions.start();
    }

    @AfterEach
    void stop() {
        functions.stop(0);
    }

    @Test
    void aCallOfTheQueueAndAnUploadGoOnBehindTheLastStepThatWasKept(@TempDir Path folder) throws Exception {
        Path workflows = Files.createDirectory(folder.resolve("workflows"));
        Files.writeString(
                workflows.resolve("workflow.yml"),
                "workflow: {durable: true, steps: [{function: a}, {function: b}, {function: c}]}");
        Map<String, String> environment = Map.ofEntries(
                Map.entry("QUARKUS_HTTP_PORT", gatewayPort.toString()),
                Map.entry(
                        "gateway_url",
                        "http://127.0.0.1:" + functions.getAddress().getPort()),
                Map.entry("IMAGE_FUNCTIONS_WORKFLOWS", workflows.toString()),
                Map.entry("IMAGE_FUNCTIONS_RUNS_FOLDER", folder.resolve("runs").toString()),
                Map.entry("IMAGE_FUNCTIONS_RUN_LEASE", "500ms"),
                Map.entry(
                        "IMAGE_FUNCTIONS_SPOOL_FOLDER", folder.resolve("spool").toString()),
                Map.entry("IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT", "100ms"),
                Map.entry("IMAGE_FUNCTIONS_S3_FOLDER", folder.resolve("s3").toString()),
                Map.entry("IMAGE_FUNCTIONS_S3_PORT", s3.toString()),
                Map.entry("IMAGE_FUNCTIONS_PROCESS_FUNCTION", "chaining"),
                Map.entry("minio_access_key", "tester"),
                Map.entry("minio_secret_key", "tester-secret"));
        try (ObjectStore store = new ObjectStore(new ObjectStoreSettings(
                s3.url(), "us-east-1", "tester", "tester-secret", Duration.ofSeconds(5), Duration.ofSeconds(20)))) {
            try (LocalGatewayProcess gateway = withBuckets(environment)) {
                assertThat(post("/async-function/chaining", "queued").statusCode())
                        .isEqualTo(202);
                Path upload = Files.writeString(folder.resolve("upload"), "uploaded");
                store.put("incoming", "photo", upload, "text/plain", Map.of());
                await().atMost(PATIENCE).until(() -> calls.contains("b queueda") && calls.contains("b uploadeda"));
                gateway.kill();
                killed.countDown();
            }
            try (LocalGatewayProcess _ = withBuckets(environment)) {
                // The connections of before the kill are gone.
                await().atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(ObjectStoreException.class)
                        .until(() -> store.stat("processed", "photo").isPresent() && calls.contains("c queuedab"));
                assertThat(new String(
                                store.get("processed", "photo")
                                        .orElseThrow()
                                        .content()
                                        .readAllBytes(),
                                UTF_8))
                        .isEqualTo("uploadedabc");
                await().atMost(PATIENCE)
                        .until(() -> post("/function/chaining", "queued").body().equals("queuedabc"));
            }
        }
        assertThat(calls)
                .containsExactlyInAnyOrder(
                        "a queued",
                        "b queueda",
                        "b queueda",
                        "c queuedab",
                        "a uploaded",
                        "b uploadeda",
                        "b uploadeda",
                        "c uploadedab");
    }

    private static LocalGatewayProcess withBuckets(Map<String, String> environment) throws IOException {
        LocalGatewayProcess gateway = LocalGatewayProcess.start(environment);
        await().atMost(PATIENCE).until(() -> gateway.log().contains("S3 is at"));
        return gateway;
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gatewayPort.url().resolve(path))
                .header("X-Call-Id", "my-call")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** Functions append their name; the second one is at work until the gateway is killed. */
    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String function = exchange.getRequestURI().getPath().substring("/function/".length());
        try (exchange) {
            if (function.equals("chaining")) {
                forward(exchange, body);
                return;
            }
            calls.add(function + " " + body);
            if (function.equals("b")) {
                killed.await();
            }
            send(exchange, 200, body + function);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The gateway calls {@code processimages} itself, and that calls {@code chaining} here. */
    private void forward(HttpExchange exchange, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(gatewayPort.url().resolve(exchange.getRequestURI()))
                .POST(BodyPublishers.ofString(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.startsWith("X-") || name.equals("Content-type")) {
                request.header(name, values.getFirst());
            }
        });
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        send(exchange, answer.statusCode(), answer.body());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
