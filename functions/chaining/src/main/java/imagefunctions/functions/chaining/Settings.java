package imagefunctions.functions.chaining;

import imagefunctions.gateways.GatewaySettings;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.runtime.funqy.CallLimits;
import imagefunctions.runtime.http.HttpLimits;
import io.smallrye.config.ConfigMapping;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where workflows are, and the limits on running them.
 *
 * @param folder the folder of the workflow files; if there is none, only the built-in workflow exists
 * @param gateways how to call the gateways; those of the environment override every file's {@code gateway_url}
 * @param maxBody maximum bytes of one step's response
 * @param maxHeld maximum bytes of the responses of all runs together
 * @param pixels the largest picture for operations in one pass
 * @param threads passes that run concurrently
 * @param execTimeout time limit for one call
 */
record Settings(
        Optional<Path> folder,
        GatewaySettings gateways,
        long maxBody,
        long maxHeld,
        PixelLimit pixels,
        int threads,
        Duration execTimeout) {

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        Optional<Path> workflows();
    }

    /** Reads the settings from the environment. */
    @Singleton
    static final class FromEnvironment {
        @Produces
        @Singleton
        Settings settings(
                Environment environment,
                GatewaySettings gateways,
                HttpLimits bodies,
                PixelLimit pixels,
                CallLimits calls) {
            return new Settings(
                    environment.workflows(),
                    gateways,
                    bodies.maxBody(),
                    bodies.maxHeld(),
                    pixels,
                    calls.threads(),
                    calls.execTimeout());
        }
    }
}
