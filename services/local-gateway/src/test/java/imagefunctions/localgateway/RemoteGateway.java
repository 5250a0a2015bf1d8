package imagefunctions.localgateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway somewhere else, whose functions answer with what they get, after the time that they take. */
public final class RemoteGateway implements AutoCloseable {
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<Integer> bodies = ConcurrentHashMap.newKeySet();
    private final Set<String> authorizations = ConcurrentHashMap.newKeySet();
    private final ReservedPort port = new ReservedPort();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Executor afterWork;
    private volatile int status = 200;
    private HttpServer server;

    public RemoteGateway(Duration work) throws IOException {
        this.afterWork = CompletableFuture.delayedExecutor(work.toNanos(), TimeUnit.NANOSECONDS, threads);
        this.server = listen();
    }

    private HttpServer listen() throws IOException {
        HttpServer listening = HttpServer.create(port.address(), 0);
        listening.setExecutor(threads);
        listening.createContext("/function/", this::take);
        listening.start();
        return listening;
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.incrementAndGet();
        authorizations.add(Objects.toString(exchange.getRequestHeaders().getFirst("Authorization"), "none"));
        bodies.add(Arrays.hashCode(body));
        afterWork.execute(() -> answer(exchange, body));
    }

    private void answer(HttpExchange exchange, byte[] body) {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code 127.0.0.1:8080}. */
    public String name() {
        return "127.0.0.1:" + port;
    }

    public String url() {
        return port.url().toString();
    }

    /** Answers with this status from now on. */
    public RemoteGateway answering(int other) {
        status = other;
        return this;
    }

    /** How many requests reached it. */
    public int asked() {
        return asked.get();
    }

    /** Every body that it got, by the hash of its bytes. */
    public Set<Integer> bodies() {
        return bodies;
    }

    /** Every {@code Authorization} that it got, {@code none} where there was none. */
    public Set<String> authorizations() {
        return authorizations;
    }

    /** Closes the port, and every connection. */
    public void die() {
        server.stop(0);
    }

    /** Listens at the same port again. */
    public void rise() throws IOException {
        server = listen();
    }

    @Override
    public void close() throws IOException {
        die();
        threads.shutdownNow();
        port.close();
    }
}
