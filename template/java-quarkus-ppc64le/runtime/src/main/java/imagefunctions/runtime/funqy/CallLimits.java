package imagefunctions.runtime.funqy;

import static imagefunctions.runtime.http.HttpLimits.within;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How many calls one process takes on, and for how long.
 *
 * @param threads calls computed concurrently
 * @param maxWaiting calls that wait for a thread
 * @param maxInflight calls running or waiting; 0 for as many as {@code threads} and {@code maxWaiting} allow
 * @param execTimeout time for one call, from its body's last byte to its answer
 */
record CallLimits(int threads, int maxWaiting, int maxInflight, Duration execTimeout) {

    CallLimits {
        within("IMAGE_FUNCTIONS_THREADS", threads, 1, 1024, ", or to 0 for one a core");
        within("IMAGE_FUNCTIONS_MAX_WAITING", maxWaiting, 1, 1_000_000, "");
        within("max_inflight", maxInflight, 0, 1_000_000, "; 0 is no limit of its own");
        within("exec_timeout", execTimeout.toMillis(), 1, Integer.MAX_VALUE, " ms, as 60s or 500ms");
    }

    /** Calls that may run or wait together; one more is refused. */
    int permits() {
        int most = threads + maxWaiting;
        return maxInflight == 0 ? most : Math.min(maxInflight, most);
    }

    /** Reads the limits from the environment; {@code threads} 0 means one a core. */
    @Singleton
    static final class FromSettings {
        @Produces
        @Singleton
        CallLimits limits(
                @ConfigProperty(name = "image-functions.threads", defaultValue = "0") int threads,
                @ConfigProperty(name = "image-functions.max-waiting", defaultValue = "64") int maxWaiting,
                @ConfigProperty(name = "max_inflight", defaultValue = "0") int maxInflight,
                @ConfigProperty(name = "exec_timeout", defaultValue = "60s") Duration execTimeout) {
            return new CallLimits(
                    threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                    maxWaiting,
                    maxInflight,
                    execTimeout);
        }
    }
}
