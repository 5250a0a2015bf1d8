package imagefunctions.functions.processimages;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What one call converts, and how.
 *
 * @param gateway where the functions are, looked up for every call: a gateway learns its own port late
 * @param function that converts where the caller names none
 * @param maxObjects objects of one call
 * @param atATime objects of one call that are converted at the same time
 * @param maxBytes bytes of one picture
 * @param time for one call
 * @param firstWait before reconcile tries a picture again that failed, doubled for each failure
 */
record ProcessSettings(
        Supplier<Optional<String>> gateway,
        String function,
        int maxObjects,
        int atATime,
        long maxBytes,
        Duration time,
        Duration firstWait) {

    ProcessSettings {
        if (maxObjects < 1 || atATime < 1 || firstWait.toMillis() < 1) {
            throw new IllegalArgumentException("IMAGE_FUNCTIONS_PROCESS_MAX_OBJECTS is " + maxObjects
                    + ", IMAGE_FUNCTIONS_PROCESS_AT_A_TIME " + atATime + " and IMAGE_FUNCTIONS_PROCESS_FIRST_WAIT "
                    + firstWait + ": set each to 1 or more");
        }
    }

    /** Reads the settings from the environment. */
    @Singleton
    static final class FromEnvironment {
        @Produces
        @Singleton
        ProcessSettings settings(
                @ConfigProperty(name = "gateway_url") Provider<Optional<String>> gateway,
                @ConfigProperty(name = "image-functions.process-function", defaultValue = "bw") String function,
                @ConfigProperty(name = "image-functions.process-max-objects", defaultValue = "1000") int maxObjects,
                @ConfigProperty(name = "image-functions.process-at-a-time", defaultValue = "4") int atATime,
                @ConfigProperty(name = "image-functions.max-body", defaultValue = "64M") MemorySize maxBytes,
                @ConfigProperty(name = "image-functions.process-first-wait", defaultValue = "1m") Duration firstWait,
                @ConfigProperty(name = "exec_timeout", defaultValue = "60s") Duration execTimeout) {
            return new ProcessSettings(
                    gateway::get,
                    function,
                    maxObjects,
                    atATime,
                    maxBytes.asLongValue(),
                    execTimeout.multipliedBy(8).dividedBy(10),
                    firstWait);
        }
    }
}
