package imagefunctions.functions.chaining;

import imagefunctions.gatewayclient.Credentials;
import imagefunctions.gatewayclient.GatewayChoice;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.runtime.Secrets;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What the environment says about workflows.
 *
 * @param folder the workflow files, IMAGE_FUNCTIONS_WORKFLOWS; the built-in workflow alone if there is none
 * @param gateways what takes the place of every file's {@code gateway_url}, by that name, looked up for every call:
 *     a gateway learns its own port late
 * @param choice how one of several is chosen, IMAGE_FUNCTIONS_GATEWAY_CHOICE
 * @param credentials what gateways are shown, from the secrets basic-auth-user and basic-auth-password
 * @param maxBody bytes of one step's answer, IMAGE_FUNCTIONS_MAX_BODY
 * @param maxHeld bytes of all steps' answers in all runs, IMAGE_FUNCTIONS_MAX_HELD
 * @param pixels the largest picture of a pass, IMAGE_FUNCTIONS_MAX_PIXELS
 * @param threads passes computed at the same time, IMAGE_FUNCTIONS_THREADS
 * @param execTimeout time for one call with everything, exec_timeout
 */
record Settings(
        Optional<Path> folder,
        Supplier<Optional<Gateways>> gateways,
        GatewayChoice choice,
        Optional<Credentials> credentials,
        long maxBody,
        long maxHeld,
        PixelLimit pixels,
        int threads,
        Duration execTimeout) {

    /** Reads the settings from the environment. */
    @Singleton
    static final class FromEnvironment {
        @Produces
        @Singleton
        Settings settings(
                Secrets secrets,
                @ConfigProperty(name = "image-functions.workflows") Optional<Path> folder,
                @ConfigProperty(name = "gateway_url") Provider<Optional<String>> gateways,
                @ConfigProperty(name = "image-functions.gateway-choice", defaultValue = "least-requests")
                        GatewayChoice choice,
                @ConfigProperty(name = "image-functions.max-body", defaultValue = "64M") MemorySize maxBody,
                @ConfigProperty(name = "image-functions.max-held", defaultValue = "512M") MemorySize maxHeld,
                @ConfigProperty(name = "image-functions.max-pixels", defaultValue = "100000000") long maxPixels,
                @ConfigProperty(name = "image-functions.threads", defaultValue = "0") int threads,
                @ConfigProperty(name = "exec_timeout", defaultValue = "60s") Duration execTimeout) {
            return new Settings(
                    folder,
                    () -> gateways.get().map(Gateways::ofSetting),
                    choice,
                    Credentials.of(secrets.get("basic-auth-user"), secrets.get("basic-auth-password")),
                    maxBody.asLongValue(),
                    maxHeld.asLongValue(),
                    new PixelLimit(atLeast(1, "IMAGE_FUNCTIONS_MAX_PIXELS", maxPixels)),
                    atLeast(0, "IMAGE_FUNCTIONS_THREADS", threads) == 0
                            ? Runtime.getRuntime().availableProcessors()
                            : threads,
                    execTimeout);
        }

        private static <N extends Number> N atLeast(int least, String name, N value) {
            if (value.longValue() < least) {
                throw new IllegalArgumentException(name + " is " + value + ": set it to " + least + " or more");
            }
            return value;
        }
    }
}
