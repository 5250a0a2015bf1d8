package imagefunctions.runtime.funqy;

import static imagefunctions.runtime.http.HttpLimits.within;

import imagefunctions.runtime.OpenFaasSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * How many calls one process takes on, and for how long.
 *
 * @param threads calls computed concurrently
 * @param maxWaiting calls that wait for a thread
 * @param maxInflight calls running or waiting; 0 for as many as {@code threads} and {@code maxWaiting} allow
 * @param execTimeout time for one call, from its body's last byte to its answer
 */
public record CallLimits(int threads, int maxWaiting, int maxInflight, Duration execTimeout) {

    public CallLimits {
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

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        @WithDefault("0")
        int threads();

        @WithDefault("64")
        int maxWaiting();
    }

    /** Reads the limits from the environment; {@code threads} 0 means one per core. */
    @Singleton
    static final class FromSettings {
        @Produces
        @Singleton
        CallLimits limits(Environment environment, OpenFaasSettings openFaas) {
            return new CallLimits(
                    environment.threads() == 0 ? Runtime.getRuntime().availableProcessors() : environment.threads(),
                    environment.maxWaiting(),
                    openFaas.maxInflight(),
                    openFaas.execTimeout());
        }
    }
}
