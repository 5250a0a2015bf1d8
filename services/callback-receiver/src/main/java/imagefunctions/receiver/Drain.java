package imagefunctions.receiver;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** From SIGTERM on, messages that are arriving are kept and new ones are refused. */
@Singleton
final class Drain {
    private volatile boolean draining;

    boolean draining() {
        return draining;
    }

    void begin(@Observes ShutdownDelayInitiatedEvent sigterm) {
        draining = true;
    }
}
