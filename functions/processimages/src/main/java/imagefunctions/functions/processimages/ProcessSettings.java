package imagefunctions.functions.processimages;

import imagefunctions.gateways.GatewaySettings;
import imagefunctions.runtime.funqy.CallLimits;
import imagefunctions.runtime.http.HttpLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * The limits on conversions, and where the functions are.
 *
 * @param gateways how to call the gateways
 * @param function the default function
 * @param maxObjects maximum number of objects of one call
 * @param concurrency concurrent conversions of one call
 * @param maxBytes maximum bytes of one picture
 * @param callTimeout time limit for one call
 * @param functionTimeout time limit for one call of the function: less, to leave time to record that it failed
 * @param initialBackoff the time before reconcile retries a failed picture, doubled with each failure
 */
record ProcessSettings(
        GatewaySettings gateways,
        String function,
        int maxObjects,
        int concurrency,
        long maxBytes,
        Duration callTimeout,
        Duration functionTimeout,
        Duration initialBackoff) {

    ProcessSettings {
        if (maxObjects < 1 || concurrency < 1 || initialBackoff.toMillis() < 1) {
            throw new IllegalArgumentException("IMAGE_FUNCTIONS_PROCESS_MAX_OBJECTS is " + maxObjects
                    + ", IMAGE_FUNCTIONS_PROCESS_AT_A_TIME " + concurrency + " and IMAGE_FUNCTIONS_PROCESS_FIRST_WAIT "
                    + initialBackoff + ": set each to 1 or more");
        }
    }

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        @WithDefault("bw")
        String processFunction();

        @WithDefault("1000")
        int processMaxObjects();

        @WithName("process-at-a-time")
        @WithDefault("4")
        int processConcurrency();

        @WithDefault("1m")
        Duration processFirstWait();
    }

    /** Reads the settings from the environment. */
    @Singleton
    static final class FromEnvironment {
        @Produces
        @Singleton
        ProcessSettings settings(
                Environment environment, GatewaySettings gateways, HttpLimits bodies, CallLimits calls) {
            return new ProcessSettings(
                    gateways,
                    environment.processFunction(),
                    environment.processMaxObjects(),
                    environment.processConcurrency(),
                    bodies.maxBody(),
                    calls.execTimeout().multipliedBy(8).dividedBy(10),
                    calls.execTimeout().multipliedBy(7).dividedBy(10),
                    environment.processFirstWait());
        }
    }
}
