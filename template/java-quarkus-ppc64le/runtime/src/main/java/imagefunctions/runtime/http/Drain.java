package imagefunctions.runtime.http;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** From SIGTERM on, calls in flight finish and new ones are refused. */
@Singleton
public final class Drain {
    private volatile boolean draining;

    /** Whether SIGTERM has come. */
    public boolean draining() {
        return draining;
    }

    void begin(@Observes ShutdownDelayInitiatedEvent sigterm) {
        draining = true;
    }
}
