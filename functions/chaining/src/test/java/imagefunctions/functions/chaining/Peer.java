package imagefunctions.functions.chaining;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway over real HTTP, whose functions behave as configured. */
final class Peer implements AutoCloseable {
    /** A request that reached a function. */
    record Seen(String function, String method, String query, Headers headers, String body) {
        String header(String name) {
            return Objects.toString(headers.getFirst(name), "none");
        }
    }

    /** What a function does with a request. */
    interface Behaviour {
        void answer(HttpExchange exchange, byte[] body) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final Map<String, Behaviour> functions = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    Peer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/function/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Peer with(String function, Behaviour behaviour) {
        functions.put(function, behaviour);
        return this;
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    List<String> called() {
        return seen.stream().map(Seen::function).toList();
    }

    Seen only(String function) {
        List<Seen> calls =
                seen.stream().filter(one -> one.function().equals(function)).toList();
        if (calls.size() != 1) {
            throw new AssertionError(function + " was called " + calls.size() + " times, not once");
        }
        return calls.getFirst();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String function = exchange.getRequestURI().getPath().substring("/function/".length());
        byte[] body = exchange.getRequestBody().readAllBytes();
        seen.add(new Seen(
                function,
                exchange.getRequestMethod(),
                Objects.toString(exchange.getRequestURI().getRawQuery(), ""),
                exchange.getRequestHeaders(),
                new String(body, StandardCharsets.UTF_8)));
        try (exchange) {
            functions
                    .getOrDefault(function, answers(404, "text/plain", "no such function"))
                    .answer(exchange, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    static Behaviour answers(int status, String type, String text) {
        return (exchange, body) -> send(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends this to the body and keeps its content type. */
    static Behaviour appends(String text) {
        return (exchange, body) -> {
            String whole = new String(body, StandardCharsets.UTF_8) + text;
            String type = Objects.toString(exchange.getRequestHeaders().getFirst("Content-Type"), "none/at-all");
            send(exchange, 200, type, whole.getBytes(StandardCharsets.UTF_8));
        };
    }

    /** Fails this many times with this status, then recovers. */
    static Behaviour recovers(int times, int status, Behaviour then) {
        AtomicInteger left = new AtomicInteger(times);
        return (exchange, body) -> {
            if (left.getAndDecrement() > 0) {
                send(exchange, status, "text/plain", "not now".getBytes(StandardCharsets.UTF_8));
            } else {
                then.answer(exchange, body);
            }
        };
    }

    /** Never answers. */
    Behaviour hangs() {
        return (exchange, body) -> closing.await(1, TimeUnit.MINUTES);
    }

    /** Sends a byte at a time, without end. */
    Behaviour trickles() {
        return (exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            while (!closing.await(10, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        };
    }

    /** Announces a thousand bytes, sends ten and closes the connection. */
    static Behaviour cutsOff() {
        return (exchange, body) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
        };
    }

    /** Closes the connection without an answer. */
    static Behaviour hangsUp() {
        return (exchange, body) -> {};
    }

    /** Sends this many bytes without a Content-Length. */
    static Behaviour sends(int status, long bytes) {
        return (exchange, body) -> {
            exchange.sendResponseHeaders(status, 0);
            byte[] part = new byte[64 << 10];
            for (long sent = 0; sent < bytes; sent += part.length) {
                exchange.getResponseBody().write(part);
            }
        };
    }

    static Behaviour redirects(String location) {
        return (exchange, body) -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
