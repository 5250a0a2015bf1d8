package imagefunctions.localgateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway somewhere else, whose functions answer with what they get, after the time that they take. */
public final class RemoteGateway implements AutoCloseable {
    private final Duration work;
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<Integer> bodies = ConcurrentHashMap.newKeySet();
    private final Set<String> authorizations = ConcurrentHashMap.newKeySet();
    private final InetSocketAddress address;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile int status = 200;
    private HttpServer server;

    public RemoteGateway(Duration work) throws IOException {
        this.work = work;
        this.server = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.address = server.getAddress();
    }

    private HttpServer listen(InetSocketAddress where) throws IOException {
        HttpServer listening = HttpServer.create(where, 0);
        listening.setExecutor(threads);
        listening.createContext("/function/", this::answer);
        listening.start();
        return listening;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            asked.incrementAndGet();
            authorizations.add(Objects.toString(exchange.getRequestHeaders().getFirst("Authorization"), "none"));
            bodies.add(Arrays.hashCode(body));
            Thread.sleep(work);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code 127.0.0.1:8080}. */
    public String name() {
        return "127.0.0.1:" + address.getPort();
    }

    public String url() {
        return "http://" + name();
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
        server = listen(address);
    }

    @Override
    public void close() {
        die();
        threads.shutdownNow();
    }
}
