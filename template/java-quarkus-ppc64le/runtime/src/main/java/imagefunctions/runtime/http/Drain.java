package imagefunctions.runtime.http;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.shutdown.ShutdownConfig;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * What SIGTERM begins: for a while calls are still served, since whoever sends them may not know yet, each with its
 * connection's end. After that no connection is taken, and what runs finishes.
 */
@Singleton
public final class Drain {
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

    void begin(@Observes ShutdownDelayInitiatedEvent sigterm) {
        draining = true;
        connections.closeAfterAnswers();
        vertx.setTimer(Math.max(1, delay.toMillis()), over -> connections.stopAccepting());
    }
}
