package imagefunctions.runtime.http;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.shutdown.ShutdownConfig;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * What SIGTERM begins: for a while calls are still served, since whoever sends them may not know yet, each with its
 * connection's end. After that no connection is taken; those taken last have a second to ask, and what runs finishes.
 */
@Singleton
public final class Drain {
    /** For a request to arrive whose connection was taken just before the last moment. */
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Connections connections;
    private final Duration delay;
    private volatile boolean draining;

    Drain(Vertx vertx, Connections connections, ShutdownConfig shutdown) {
        this.vertx = vertx;
        this.connections = connections;
        this.delay = shutdown.delay().orElse(Duration.ZERO);
    }

    /** Whether SIGTERM has come. */
    public boolean draining() {
        return draining;
    }

    void begin(@Observes ShutdownDelayInitiatedEvent sigterm) throws InterruptedException {
        draining = true;
        connections.closeAfterAnswers();
        if (delay.isZero()) {
            connections.stopAccepting();
            connections.closeIdle();
            return;
        }
        vertx.setTimer(delay.toMillis(), over -> connections.stopAccepting());
        vertx.setTimer(delay.plus(LAST_REQUESTS).toMillis(), over -> connections.closeIdle());
        // Quarkus waits for the delay when this returns, and serves nobody after it.
        Thread.sleep(LAST_REQUESTS);
    }
}
