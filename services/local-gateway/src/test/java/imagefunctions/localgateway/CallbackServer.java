package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpServer;
import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** Takes callbacks, and answers each with the status that its path names: {@code /500/500/200} in this order. */
final class CallbackServer implements AutoCloseable {
    /** What came; header names are in lower case, each character of the body is a byte. */
    record Delivery(String callId, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }
    }

    final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    private CallbackServer(InetSocketAddress address) throws IOException {
        server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            Map<String, List<String>> headers = new TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
            String id = headers.getOrDefault("x-call-id", List.of("")).getFirst();
            String body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
            deliveries.add(new Delivery(id, headers, body));
            String[] statuses = exchange.getRequestURI().getPath().substring(1).split("/", -1);
            String status = statuses[Math.min(statuses.length, of(id).size()) - 1];
            exchange.getResponseHeaders().set("Location", "/200");
            exchange.sendResponseHeaders(Integer.parseInt(status), -1);
            exchange.close();
        });
        server.start();
    }

    static CallbackServer start() throws IOException {
        return new CallbackServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static CallbackServer at(ReservedPort port) throws IOException {
        return new CallbackServer(port.address());
    }

    String url(String statuses) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + statuses;
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
