package imagefunctions.runtime.http;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.shutdown.ShutdownConfig;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Ends the process, whatever holds it, when its shutdown takes longer than delay and timeout together. */
@Singleton
final class ShutdownLimit {
    private static final Duration MARGIN = Duration.ofSeconds(3);
    /** That of a process that SIGTERM ended. */
    private static final int STATUS = 143;

    private final Duration limit;

    ShutdownLimit(ShutdownConfig shutdown) {
        this.limit = shutdown.delay()
                .orElse(Duration.ZERO)
                .plus(shutdown.timeout().orElse(Duration.ZERO))
                .plus(MARGIN);
    }

    /** All that it needs is there from the start on: a process that lacks file descriptors cannot even load a class. */
    void started(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            Thread halt = Thread.ofPlatform().daemon().name("shutdown-limit").unstarted(this::halt);
            Runtime.getRuntime().addShutdownHook(new Thread(halt::start, "shutdown-begins"));
        }
    }

    private void halt() {
        try {
            Thread.sleep(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(STATUS);
    }
}
