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
 * What one call converts, and how.
 *
 * @param gateways where the functions are, looked up for every call: a gateway learns its own port late
 * @param choice how one of several gateways is chosen
 * @param credentials what gateways are shown, from the secrets basic-auth-user and basic-auth-password
 * @param function that converts where the caller names none
 * @param maxObjects objects of one call
 * @param atATime objects of one call that are converted at the same time
 * @param maxBytes bytes of one picture
 * @param time for one call
 * @param functionTime for one answer of the function: less, so that there is time to note that it did not come
 * @param firstWait before reconcile tries a picture again that failed, doubled for each failure
 */
record ProcessSettings(
        Supplier<Optional<Gateways>> gateways,
        GatewayChoice choice,
        Optional<Credentials> credentials,
        String function,
        int maxObjects,
        int atATime,
        long maxBytes,
        Duration time,
        Duration functionTime,
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
                Secrets secrets,
                @ConfigProperty(name = "gateway_url") Provider<Optional<String>> gateways,
                @ConfigProperty(name = "image-functions.gateway-choice", defaultValue = "least-requests")
                        GatewayChoice choice,
                @ConfigProperty(name = "image-functions.process-function", defaultValue = "bw") String function,
                @ConfigProperty(name = "image-functions.process-max-objects", defaultValue = "1000") int maxObjects,
                @ConfigProperty(name = "image-functions.process-at-a-time", defaultValue = "4") int atATime,
                @ConfigProperty(name = "image-functions.max-body", defaultValue = "64M") MemorySize maxBytes,
                @ConfigProperty(name = "image-functions.process-first-wait", defaultValue = "1m") Duration firstWait,
                @ConfigProperty(name = "exec_timeout", defaultValue = "60s") Duration execTimeout) {
            return new ProcessSettings(
                    () -> gateways.get().map(Gateways::ofSetting),
                    choice,
                    Credentials.of(secrets.get("basic-auth-user"), secrets.get("basic-auth-password")),
                    function,
                    maxObjects,
                    atATime,
                    maxBytes.asLongValue(),
                    execTimeout.multipliedBy(8).dividedBy(10),
                    execTimeout.multipliedBy(7).dividedBy(10),
                    firstWait);
        }
    }
}
