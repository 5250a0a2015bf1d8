package imagefunctions.benchmarks.gateways;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** A gateway over real HTTP whose functions work on a few calls concurrently, and on each for a random time. */
final class SimulatedGateway implements AutoCloseable {
    private static final int WORKERS = 4;

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final double millis;

    /**
     * Starts it on a free port.
     *
     * @param work the mean time for a call; times are exponentially distributed
     */
    SimulatedGateway(Duration work) throws IOException {
        this.millis = work.toMillis();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(workers);
        server.createContext("/function/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            double chance = 1 - ThreadLocalRandom.current().nextDouble();
            Thread.sleep(Duration.ofNanos((long) (-Math.log(chance) * millis * 1e6)));
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Calls a second that it can keep up with. */
    double capacity() {
        return WORKERS * 1000 / millis;
    }

    /** Closes its port and every connection. */
    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
