package imagefunctions.localgateway.runs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Functions that add their name to the body; {@code s0} and so on fail at random, {@code refuses} takes no body.
 */
final class FailingFunctions implements AutoCloseable {
    /** By which a function that is called again knows that it has been. */
    record StepOfRun(String run, int index) {}

    /** A call that reached a function, and the status that it was answered with. */
    record Call(int number, StepOfRun step, String function, int status) {}

    /** The next call that waits for its answer, by its number, until it is released; its run is known when it is there. */
    record Held(int number, CompletableFuture<String> run, CountDownLatch released) {
        Held(int number) {
            this(number, new CompletableFuture<>(), new CountDownLatch(1));
        }
    }

    private final Random random = new Random(7);
    private final List<Call> calls = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile Held held = new Held(-1);

    FailingFunctions() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/function/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    synchronized int count() {
        return calls.size();
    }

    /** Holds a call that is still to come: the next one, or one that is so much further. */
    synchronized Held hold(int further) {
        held = new Held(calls.size() + further);
        return held;
    }

    List<Call> calls(String run) {
        return calls().stream().filter(call -> call.step().run().equals(run)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String function = exchange.getRequestURI().getPath().substring("/function/".length());
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            StepOfRun step = new StepOfRun(
                    exchange.getRequestHeaders().getFirst("X-Workflow-Run"),
                    Integer.parseInt(exchange.getRequestHeaders().getFirst("X-Workflow-Step")));
            byte[] answer = (body + function).getBytes(UTF_8);
            Call call = noted(step, function);
            if (call.number() == held.number()) {
                held.run().complete(step.run());
                held.released().await();
            }
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(call.status(), answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Call noted(StepOfRun step, String function) {
        int status =
                switch (function.charAt(0)) {
                    case 's' -> status();
                    case 'r' -> 422;
                    default -> 200;
                };
        Call call = new Call(calls.size(), step, function, status);
        calls.add(call);
        return call;
    }

    private int status() {
        int percent = random.nextInt(100);
        return percent < 90 ? 200 : percent < 97 ? 503 : 422;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
