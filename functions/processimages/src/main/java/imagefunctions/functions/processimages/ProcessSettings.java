package imagefunctions.functions.processimages;

import imagefunctions.gatewayclient.Credentials;
import imagefunctions.gatewayclient.GatewayChoice;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.runtime.Secrets;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The limits on conversions, and where the functions are.
 *
 * @param gateways the gateways to the functions, looked up for every call since the local gateway learns its port late
 * @param choice how to choose among several gateways
 * @param credentials for the gateways, from the secrets basic-auth-user and basic-auth-password
 * @param function the default function
 * @param maxObjects maximum number of objects of one call
 * @param concurrency concurrent conversions of one call
 * @param maxBytes maximum bytes of one picture
 * @param callTimeout time limit for one call
 * @param functionTimeout time limit for one call of the function: less, to leave time to record that it failed
 * @param initialBackoff the time before reconcile retries a failed picture, doubled with each failure
 */
record ProcessSettings(
        Supplier<Optional<Gateways>> gateways,
        GatewayChoice choice,
        Optional<Credentials> credentials,
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

    /** Reads the settings from the environment. */
    @Singleton
    static final class FromEnvironment {
        @Produces
        @Singleton
        ProcessSettings settings(
                Secrets secrets,
                @ConfigProperty(name = "gateway_url") Provider<Optional<String>> gateways,
                @ConfigProperty(name = "image-functions.gateway-choice", defaultValue = "least-requests")
                        GatewayChoice choice,
                @ConfigProperty(name = "image-functions.process-function", defaultValue = "bw") String function,
                @ConfigProperty(name = "image-functions.process-max-objects", defaultValue = "1000") int maxObjects,
                @ConfigProperty(name = "image-functions.process-at-a-time", defaultValue = "4") int concurrency,
                @ConfigProperty(name = "image-functions.max-body", defaultValue = "64M") MemorySize maxBytes,
                @ConfigProperty(name = "image-functions.process-first-wait", defaultValue = "1m")
                        Duration initialBackoff,
                @ConfigProperty(name = "exec_timeout", defaultValue = "60s") Duration execTimeout) {
            return new ProcessSettings(
                    () -> gateways.get().map(Gateways::ofSetting),
                    choice,
                    Credentials.of(secrets.get("basic-auth-user"), secrets.get("basic-auth-password")),
                    function,
                    maxObjects,
                    concurrency,
                    maxBytes.asLongValue(),
                    execTimeout.multipliedBy(8).dividedBy(10),
                    execTimeout.multipliedBy(7).dividedBy(10),
                    initialBackoff);
        }
    }
}
