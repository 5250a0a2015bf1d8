package imagefunctions.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import imagefunctions.traces.TraceContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectStoreTest {
    private static final int POOLED = 4;

    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Queue<String> traces = new ConcurrentLinkedQueue<>();
    private final CyclicBarrier together = new CyclicBarrier(POOLED);
    private final Path file;
    private final HttpServer server;
    private final ObjectStore store;

    ObjectStoreTest(@TempDir Path folder) throws IOException {
        file = Files.writeString(folder.resolve("picture"), "picture");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store = new ObjectStore(new ObjectStoreSettings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "us-east-1",
                "key",
                "secret-secret",
                Duration.ofSeconds(5),
                Duration.ofSeconds(5)));
    }

    @BeforeEach
    void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                Optional.ofNullable(exchange.getRequestHeaders().getFirst(TraceContext.PARENT))
                        .ifPresent(traces::add);
                requests.add(exchange.getRequestMethod() + " "
                        + exchange.getRequestURI().getPath());
                if (!exchange.getRequestURI().getPath().endsWith("unlucky")) {
                    together.await();
                    exchange.getResponseHeaders().set("ETag", "\"1\"");
                    exchange.sendResponseHeaders(200, -1);
                }
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
        server.stop(0);
    }

    private String put(String name) throws ObjectStoreException {
        store.put("incoming", name, file, "image/jpeg", Map.of());
        return name;
    }

    @Test
    void anObjectIsSentOnceThoughTheStoreEndsTheConnectionWithoutAnAnswer() throws Exception {
        List<Callable<String>> puts = new ArrayList<>();
        for (int i = 0; i < POOLED; i++) {
            String name = "object-" + i;
            puts.add(() -> put(name));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> put : threads.invokeAll(puts)) {
                put.get();
            }
        }
        requests.clear();

        assertThatThrownBy(() -> put("unlucky")).isInstanceOf(ObjectStoreException.class);
        assertThat(requests).containsExactly("PUT /incoming/unlucky");
    }

    @ParameterizedTest
    @ValueSource(strings = {"photos//a.jpg", "/a.jpg", "a/../b.jpg"})
    void aKeyThatTheClientWouldShortenIsNotAskedFor(String key) {
        for (Callable<?> use : List.<Callable<?>>of(
                () -> store.stat("incoming", key), () -> store.get("incoming", key), () -> put(key), () -> {
                    store.delete("incoming", key);
                    return key;
                })) {
            assertThatThrownBy(use::call).hasMessageContaining(key).satisfies(e -> assertThat(
                            ((ObjectStoreException) e).isTransient())
                    .isFalse());
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void eachRequestWithinATraceIsAStepOfIt() throws Exception {
        TraceContext call = TraceContext.make();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> store.within(Optional.of(call)).put("incoming", "unlucky", file, "x/y", Map.of()))
                    .isInstanceOf(ObjectStoreException.class);
        }
        assertThatThrownBy(() -> store.within(Optional.empty()).put("incoming", "unlucky", file, "x/y", Map.of()))
                .isInstanceOf(ObjectStoreException.class);

        assertThat(traces)
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(trace -> trace.contains(call.traceId()) && !trace.contains(call.spanId()));
        assertThat(requests).hasSize(3);
    }

    @Test
    void anIdleConnectionIsClosedBeforeAServerThatKeepsItForFiveSecondsDoes() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ObjectStore idle = new ObjectStore(new ObjectStoreSettings(
                        URI.create("http://127.0.0.1:" + listening.getLocalPort()),
                        "us-east-1",
                        "key",
                        "secret-secret",
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5)))) {
            Future<Integer> next = threads.submit(() -> afterOneAnswer(listening));
            assertThat(idle.hasBucket("bucket")).isTrue();

            assertThat(next.get()).isEqualTo(-1);
        }
    }

    /** What comes on a connection behind its first request, within five seconds. */
    private static int afterOneAnswer(ServerSocket listening) throws IOException {
        try (Socket socket = listening.accept()) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            while (!in.readLine().isEmpty()) {}
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
            socket.setSoTimeout(5000);
            return in.read();
        }
    }

    /** As stores do that do not know how to go on. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "a b", "a b c d e"})
    void aListingThatBeginsAgainIsNotReadForEver(String pages) {
        List<String> names = List.of(pages.split(" ", -1));
        AtomicInteger page = new AtomicInteger();
        server.createContext("/circle", exchange -> {
            String name = names.get(page.getAndIncrement() % names.size());
            byte[] listing = """
                    <ListBucketResult><Name>circle</Name><Prefix/><IsTruncated>true</IsTruncated>
                    <NextContinuationToken>more</NextContinuationToken><Contents><Key>%s</Key>
                    <LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"1"</ETag><Size>1</Size></Contents>
                    </ListBucketResult>""".formatted(name).getBytes(US_ASCII);
            exchange.sendResponseHeaders(200, listing.length);
            exchange.getResponseBody().write(listing);
            exchange.close();
        });

        assertThatThrownBy(() -> {
                    Listing listing = store.list("circle", "");
                    while (page.get() < 100 && listing.next().isPresent()) {}
                })
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining("lists \"")
                .hasMessageContaining("again");
    }
}
