package imagefunctions.benchmarks.soak;

import imagefunctions.testservers.ApplicationProcess;
import imagefunctions.testservers.WallClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packaged gateway or receiver as a process that can be killed and started again at the same port. All of its heap is
 * there from the start, so that its resident memory shows what grows outside of it.
 */
final class Service implements AutoCloseable {
    private final Path jar;
    private final String heap;
    private final Map<String, String> environment;
    private Running running;
    private Duration startTook = Duration.ZERO;
    private int kills;

    private static final class Running extends ApplicationProcess {
        Running(Path jar, String heap, Map<String, String> environment) throws IOException {
            super(java(jar, List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch")), environment);
            try {
                awaitListening();
                // Throws with its log if it has ended instead.
                at("/");
            } catch (IOException e) {
                close();
                throw e;
            }
        }
    }

    /** @param heap as {@code 64m} */
    Service(String name, int port, String heap, WallClock clock, Map<String, String> settings) throws IOException {
        jar = Path.of("../../services", name, "target/quarkus-app/quarkus-run.jar");
        this.heap = heap;
        environment = new HashMap<>(settings);
        if (WallClock.isInstalled()) {
            environment.putAll(clock.environment());
        }
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        running = start();
    }

    private Running start() throws IOException {
        long before = System.nanoTime();
        Running started = new Running(jar, heap, environment);
        startTook = Duration.ofNanos(System.nanoTime() - before);
        return started;
    }

    /** SIGKILL, and a new start. */
    void killAndStart() throws IOException {
        running.close();
        kills++;
        running = start();
    }

    /** The last of them. */
    Duration startTook() {
        return startTook;
    }

    int kills() {
        return kills;
    }

    long pid() {
        return running.pid();
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
