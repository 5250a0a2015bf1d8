package imagefunctions.runtime;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What one process takes on.
 *
 * @param maxBody bytes of one request's body
 * @param threads calls computed at the same time
 * @param maxWaiting calls that wait for a thread
 * @param maxInflight calls at work or waiting; 0 for as many as {@code threads} and {@code maxWaiting} allow
 * @param maxHeld bytes of all bodies held in memory together
 * @param execTimeout time for one call, from its body's last byte to its answer
 * @param readTimeout time for one body to arrive
 * @param writeTimeout time for one answer to be taken by its caller
 */
record Limits(
        long maxBody,
        int threads,
        int maxWaiting,
        int maxInflight,
        long maxHeld,
        Duration execTimeout,
        Duration readTimeout,
        Duration writeTimeout) {

    Limits {
        within("IMAGE_FUNCTIONS_MAX_BODY", maxBody, 1, Integer.MAX_VALUE - 8, " bytes");
        within("IMAGE_FUNCTIONS_THREADS", threads, 1, 1024, ", or to 0 for one a core");
        within("IMAGE_FUNCTIONS_MAX_WAITING", maxWaiting, 1, 1_000_000, "");
        within("max_inflight", maxInflight, 0, 1_000_000, "; 0 is no limit of its own");
        within("IMAGE_FUNCTIONS_MAX_HELD", maxHeld, maxBody, Long.MAX_VALUE, " bytes; it is never below MAX_BODY");
        within("exec_timeout", execTimeout.toMillis(), 1, Integer.MAX_VALUE, " ms, as 60s or 500ms");
        within("read_timeout", readTimeout.toMillis(), 1, Integer.MAX_VALUE, " ms, as 60s or 500ms");
        within("write_timeout", writeTimeout.toMillis(), 1, Integer.MAX_VALUE, " ms, as 60s or 500ms");
    }

    /** Calls that are at work or wait; one more is refused. */
    int places() {
        int most = threads + maxWaiting;
        return maxInflight == 0 ? most : Math.min(maxInflight, most);
    }

    private static void within(String name, long value, long least, long most, String hint) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + value + ": set it from " + least + " to " + most + hint + ".");
        }
    }

    /** Reads the limits from the environment; {@code threads} 0 means one a core. */
    @Singleton
    static final class FromSettings {
        @Produces
        @Singleton
        Limits limits(
                @ConfigProperty(name = "image-functions.max-body", defaultValue = "64M") MemorySize maxBody,
                @ConfigProperty(name = "image-functions.threads", defaultValue = "0") int threads,
                @ConfigProperty(name = "image-functions.max-waiting", defaultValue = "64") int maxWaiting,
                @ConfigProperty(name = "max_inflight", defaultValue = "0") int maxInflight,
                @ConfigProperty(name = "image-functions.max-held", defaultValue = "512M") MemorySize maxHeld,
                @ConfigProperty(name = "exec_timeout", defaultValue = "60s") Duration execTimeout,
                @ConfigProperty(name = "read_timeout", defaultValue = "60s") Duration readTimeout,
                @ConfigProperty(name = "write_timeout", defaultValue = "60s") Duration writeTimeout) {
            return new Limits(
                    maxBody.asLongValue(),
                    threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                    maxWaiting,
                    maxInflight,
                    maxHeld.asLongValue(),
                    execTimeout,
                    readTimeout,
                    writeTimeout);
        }
    }
}
