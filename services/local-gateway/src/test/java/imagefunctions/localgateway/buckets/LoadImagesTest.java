package imagefunctions.localgateway.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
final class LoadImagesTest {
    private static final AtomicInteger INSIDE_CALLS = new AtomicInteger();
    private static final AtomicInteger DRIPS = new AtomicInteger();
    private static final CountDownLatch OVER = new CountDownLatch(1);
    private static byte[] photo;
    private static HttpServer outside;
    private static HttpServer inside;

    @Inject
    ObjectStore store;

    @BeforeAll
    static void start() throws IOException {
        photo = Files.readAllBytes(Path.of("../../docs/pictures/seeding.jpg"));
        outside = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
        outside.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        outside.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            switch (path.substring(1)) {
                case "html" -> send(exchange, "image/png", "<html>".getBytes(StandardCharsets.UTF_8));
                case "text" -> send(exchange, "image/bmp", "BMW is a maker of cars".getBytes(StandardCharsets.UTF_8));
                case "missing" -> status(exchange, 404);
                case "broken" -> status(exchange, 500);
                case "inside" ->
                    redirect(exchange, "http://127.0.0.1:" + inside.getAddress().getPort() + "/");
                case "metadata" -> redirect(exchange, "http://169.254.169.254/latest/meta-data");
                case "file" -> redirect(exchange, "file:///etc/passwd");
                case "loop" -> redirect(exchange, "/loop");
                case "moved" -> redirect(exchange, "/photo.jpg");
                case "huge" -> huge(exchange);
                case "endless" -> endless(exchange);
                case "drip" -> drip(exchange);
                case "late" -> late(exchange);
                case "bomb" -> bomb(exchange);
                case "cut" -> cut(exchange);
                default -> send(exchange, "text/plain", photo);
            }
        });
        inside = HttpServer.create(new InetSocketAddress("::", 0), 0);
        inside.createContext("/", exchange -> {
            INSIDE_CALLS.incrementAndGet();
            send(exchange, "image/jpeg", photo);
        });
        outside.start();
        inside.start();
    }

    @BeforeEach
    void awaitTheStore() {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> store.hasBucket("failed"));
    }

    @AfterAll
    static void stop() {
        OVER.countDown();
        outside.stop(0);
        inside.stop(0);
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void status(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static void redirect(HttpExchange exchange, String target) throws IOException {
        exchange.getResponseHeaders().set("Location", target);
        status(exchange, 302);
    }

    private static void huge(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1L << 40);
        exchange.getResponseBody().write(photo);
        exchange.getResponseBody().flush();
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                out.write(photo);
            }
        }
    }

    /** A byte every tenth of a second: never silent, never done. */
    private static void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (byte b : photo) {
                out.write(b);
                out.flush();
                DRIPS.incrementAndGet();
                if (OVER.await(100, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A redirect when most of the time is over, to what takes all that is left. */
    private static void late(HttpExchange exchange) throws IOException {
        try {
            OVER.await(1600, TimeUnit.MILLISECONDS);
            redirect(exchange, "/drip");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void bomb(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
            out.write(photo);
            for (int i = 0; i < 100; i++) {
                out.write(new byte[1 << 16]);
            }
        }
    }

    /** Half of what was announced. */
    private static void cut(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, photo.length);
        exchange.getResponseBody().write(photo, 0, photo.length / 2);
        exchange.close();
    }

    private static String outside(String path) {
        return "http://127.0.0.2:" + outside.getAddress().getPort() + "/" + path;
    }

    private static String urls(String... urls) {
        return "{\"urls\": [\"" + String.join("\", \"", urls) + "\"]}";
    }

    @Test
    void anImageIsStoredUnderANewNameWithWhatItIs() throws Exception {
        JsonNode names = Peer.json(Peer.post("/function/loadimages", urls(outside("photo.jpg"))));

        assertThat(names).hasSize(1);
        assertThat(names.get(0).asText()).matches("[0-9a-f-]{36}");
        Optional<ObjectInfo> stored = store.stat("incoming", names.get(0).asText());
        assertThat(stored).hasValueSatisfying(info -> {
            assertThat(info.contentType()).isEqualTo("image/jpeg");
            assertThat(info.size()).isEqualTo(photo.length);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"my%20photo.jpg", "moved"})
    void theUrlsOwnNameIsKeptOnRequest(String path) throws Exception {
        JsonNode names = Peer.json(Peer.post("/function/loadimages?names=url", urls(outside("dir/../" + path))));

        assertThat(names.get(0).asText()).isEqualTo(path.replace("%20", " "));
        assertThat(store.stat("incoming", path.replace("%20", " "))).isPresent();
    }

    @Test
    void oneThatFailsDoesNotLoseTheOthers() throws Exception {
        String body = urls(outside("a.jpg"), outside("missing"), outside("a.jpg"));

        var plain = Peer.post("/function/loadimages?names=url", body);
        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(plain.headers().firstValue("X-Failed")).hasValue("2");
        assertThat(plain.body()).isEqualTo("[\"a.jpg\"]");

        var detail = Peer.post("/function/loadimages?names=url", body, "Accept", "application/json;detail=full");
        assertThat(detail.statusCode()).isEqualTo(207);
        JsonNode entries = Peer.json(detail);
        assertThat(entries).hasSize(3);
        assertThat(entries.findValuesAsText("type")).containsExactly("image/jpeg");
        assertThat(entries.get(1).path("problem").path("status").asInt()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    http://127.0.0.1:PORT/                  | 400
                    http://127.1:PORT/                      | 400
                    http://localhost:PORT/                  | 400
                    http://2130706433:PORT/                 | 400
                    http://0x7f.0.0.1:PORT/                 | 503
                    http://[::1]:PORT/                      | 400
                    http://[::ffff:127.0.0.1]:PORT/         | 400
                    http://[::ffff:7f00:1]:PORT/            | 400
                    http://[64:ff9b::7f00:1]:PORT/          | 400
                    http://[2002:7f00:1::]:PORT/            | 400
                    http://0.0.0.0:PORT/                    | 400
                    http://[::]:PORT/                       | 400
                    http://10.0.0.1/                        | 400
                    http://192.168.1.1/                     | 400
                    http://172.16.0.1/                      | 400
                    http://100.64.0.1/                      | 400
                    http://169.254.169.254/latest/meta-data | 400
                    http://100.100.100.200/                 | 400
                    http://224.0.0.1/                       | 400
                    http://255.255.255.255/                 | 400
                    http://user:secret@127.0.0.2/           | 400
                    file:///etc/passwd                      | 400
                    ftp://127.0.0.2/                        | 400
                    gopher://127.0.0.2/                     | 400
                    javascript:alert(1)                     | 400
                    not a url                               | 400
                    OUTSIDE/inside                          | 400
                    OUTSIDE/metadata                        | 400
                    OUTSIDE/file                            | 422
                    OUTSIDE/loop                            | 422
                    OUTSIDE/html                            | 415
                    OUTSIDE/text                            | 415
                    OUTSIDE/bomb                            | 415
                    OUTSIDE/missing                         | 404
                    OUTSIDE/huge                            | 413
                    OUTSIDE/endless                         | 413
                    OUTSIDE/drip                            | 503
                    OUTSIDE/cut                             | 503
                    OUTSIDE/broken                          | 503
                    http://no-such-host.invalid/            | 503
                    """)
    void aHostileUrlStoresNothingAndReachesNobodyInside(String url, int status) throws Exception {
        String target = url.replace("PORT", String.valueOf(inside.getAddress().getPort()))
                .replace("OUTSIDE/", outside(""));

        JsonNode entry = Peer.json(Peer.post("/function/loadimages?detail=true", urls(target)))
                .get(0);

        assertThat(entry.path("problem").path("status").asInt())
                .as(entry.toString())
                .isEqualTo(status);
        assertThat(entry.path("problem").path("detail").asText()).isNotEmpty();
        assertThat(entry.has("name")).isFalse();
        assertThat(INSIDE_CALLS).hasValue(0);
    }

    @Test
    void aDownloadHasNoMoreTimeForItsRedirects() throws Exception {
        int before = DRIPS.get();

        JsonNode entry = Peer.json(Peer.post("/function/loadimages?detail=true", urls(outside("late"))))
                .get(0);

        assertThat(entry.path("problem").path("status").asInt()).isEqualTo(503);
        // In 0.4 s of the 2 s, one each tenth of a second.
        assertThat(DRIPS.get() - before).isLessThan(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''           | {}                  | 400
                    ''           | {"urls": []}        | 400
                    ''           | {"urls": [1]}       | 400
                    ''           | {"urls": {"a": "x"}} | 400
                    ''           | ["http://x/"]       | 400
                    ''           | nonsense            | 400
                    ?names=mine  | {"urls": ["x"]}     | 400
                    ?detail=yes  | {"urls": ["x"]}     | 400
                    ?colour=red  | {"urls": ["x"]}     | 400
                    ''           | MANY                | 413
                    ''           | MANY BRACKETS       | 413
                    """)
    void anInvalidRequestIsExplained(String query, String body, int status) throws Exception {
        String many = urls(IntStream.range(0, 51)
                .mapToObj(i -> outside("x" + i))
                .collect(Collectors.toList())
                .toArray(new String[0]));

        String sent =
                switch (body) {
                    case "MANY" -> many;
                    case "MANY BRACKETS" -> "{\"urls\": [" + "{},".repeat(200_000) + "{}]}";
                    default -> body;
                };

        var response = Peer.post("/function/loadimages" + query, sent);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
}
