package imagefunctions.gatewayclient;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A gateway with a behaviour that the test sets, over real HTTP. */
final class Gateway implements AutoCloseable {
    /** What it does with a request. */
    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final List<Headers> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Behaviour behaviour = answers(200);

    Gateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://" + name());
    }

    String name() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    Gateway that(Behaviour other) {
        behaviour = other;
        return this;
    }

    /** How many requests reached it. */
    int asked() {
        return seen.size();
    }

    List<Headers> seen() {
        return seen;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            seen.add(exchange.getRequestHeaders());
            behaviour.answer(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Behaviour answers(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    /** The same with a header. */
    static Behaviour answers(int status, String header, String value) {
        return exchange -> {
            exchange.getResponseHeaders().set(header, value);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** Hangs up without an answer. */
    static Behaviour hangsUp() {
        return exchange -> {};
    }

    /** Answers a 200 when the latch opens. */
    Behaviour waitsFor(CountDownLatch latch) {
        return exchange -> {
            while (!latch.await(10, TimeUnit.MILLISECONDS) && closing.getCount() > 0) {
                // until either
            }
            exchange.sendResponseHeaders(200, -1);
        };
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
