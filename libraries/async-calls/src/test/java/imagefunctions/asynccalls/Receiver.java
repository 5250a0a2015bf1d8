package imagefunctions.asynccalls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** Takes callbacks, and answers each with the status that the test wants. */
final class Receiver implements AutoCloseable {
    /** Answers with no status, and closes the connection. */
    static final int SILENCE = -1;

    record Delivery(String callId, Headers headers, String body, long nanos) {}

    final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    private Receiver(int port, ToIntFunction<List<Delivery>> status, Map<String, String> answered) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
            String id = exchange.getRequestHeaders().getFirst("X-Call-Id");
            deliveries.add(new Delivery(id, exchange.getRequestHeaders(), body, System.nanoTime()));
            int answer = status.applyAsInt(of(id));
            if (answer != SILENCE) {
                answered.forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(answer, -1);
            }
            exchange.close();
        });
        server.start();
    }

    static Receiver answering(int status) throws IOException {
        return answering(deliveries -> status);
    }

    /** The status is chosen by what came so far for the same call, this delivery included. */
    static Receiver answering(ToIntFunction<List<Delivery>> status) throws IOException {
        return answering(status, Map.of());
    }

    static Receiver answering(ToIntFunction<List<Delivery>> status, Map<String, String> headers) throws IOException {
        return new Receiver(0, status, headers);
    }

    static Receiver at(int port) throws IOException {
        return new Receiver(port, deliveries -> 200, Map.of());
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/messages/picture.jpg";
    }

    List<Delivery> of(String callId) {
        return deliveries.stream()
                .filter(delivery -> delivery.callId().equals(callId))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
