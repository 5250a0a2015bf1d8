package imagefunctions.convert;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands for a gateway, with functions of texts. */
final class FunctionServer implements AutoCloseable {
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicInteger calls = new AtomicInteger();

    FunctionServer() throws IOException {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/function/upper", this::upper);
        server.createContext("/function/busy", this::busy);
        server.createContext("/function/guarded", this::guarded);
        server.createContext("/function/stuck", this::stuck);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int calls() {
        return calls.get();
    }

    /** Answers with the text in capitals, and never with what says "garbage". */
    private void upper(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (text.contains("garbage")) {
            answer(exchange, 415, "{\"detail\": \"this is no \\\"picture\\\"\"}");
        } else {
            answer(exchange, 200, text.toUpperCase(Locale.ROOT));
        }
    }

    /** The same, but the first call is refused. */
    private void busy(HttpExchange exchange) throws IOException {
        if (calls.get() == 0) {
            calls.incrementAndGet();
            answer(exchange, 429, "{\"detail\": \"a long text about having no room now\"}");
        } else {
            upper(exchange);
        }
    }

    /** Answers with its query to whoever shows admin's password. */
    private void guarded(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean known =
                "Basic YWRtaW46c2VjcmV0".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        answer(exchange, known ? 200 : 401, exchange.getRequestURI().getRawQuery());
    }

    /** Answers with half of what it says it will. */
    private void stuck(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, 1_000_000);
        exchange.getResponseBody().write(new byte[500_000]);
        exchange.getResponseBody().flush();
        calls.incrementAndGet();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
