package imagefunctions.localgateway.buckets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a gateway's functions and lets every fourth call fail, in the ways that calls do. */
final class UnreliableFunctions implements AutoCloseable {
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Random random = new Random(5);
    private final int gatewayPort;
    private final AtomicInteger failures = new AtomicInteger();

    UnreliableFunctions(int gatewayPort) throws IOException {
        this.gatewayPort = gatewayPort;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int failures() {
        return failures.get();
    }

    private void pass(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (random.nextInt(12)) {
            case 0 -> fail(exchange, 500);
            case 1 -> fail(exchange, 503);
            case 2 -> cut(exchange);
            default -> forward(exchange, body);
        }
    }

    private void fail(HttpExchange exchange, int status) throws IOException {
        failures.incrementAndGet();
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** Half an answer. */
    private void cut(HttpExchange exchange) throws IOException {
        failures.incrementAndGet();
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write(new byte[500]);
        exchange.close();
    }

    private void forward(HttpExchange exchange, byte[] body) throws IOException {
        try {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gatewayPort + exchange.getRequestURI()))
                            .POST(BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.ofByteArray());
            answer.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                    .set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        } catch (IOException gatewayIsDown) {
            fail(exchange, 502);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
    }
}
