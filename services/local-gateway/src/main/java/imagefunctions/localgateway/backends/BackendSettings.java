package imagefunctions.localgateway.backends;

import static imagefunctions.runtime.http.HttpLimits.within;

import imagefunctions.gatewayclient.GatewayPool;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.gateways.GatewaySettings;
import imagefunctions.runtime.funqy.Functions;
import imagefunctions.runtime.http.SizeLimit;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings of functions that run elsewhere.
 *
 * @param peers gateways that may have what this one has no room for
 * @param largest body that is handed on
 */
record BackendSettings(Backends backends, Optional<Gateways> peers, SizeLimit largest) {

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        /** Gateways, and functions with their addresses. */
        Optional<String> backends();

        /** Other gateways like this one. */
        Optional<String> peers();

        /** Maximum bytes of one body that is handed on. */
        @WithDefault("4G")
        MemorySize maxForwarded();
    }

    /** Reads the settings from the environment. */
    @Singleton
    static final class FromEnvironment {
        @Produces
        @Singleton
        BackendSettings settings(Environment environment, Functions functions) {
            Set<String> staying =
                    functions.names().stream().filter(functions::waitsForOthers).collect(Collectors.toSet());
            long largest = environment.maxForwarded().asLongValue();
            within("IMAGE_FUNCTIONS_MAX_FORWARDED", largest, 1, Long.MAX_VALUE / 2, " bytes");
            return new BackendSettings(
                    environment
                            .backends()
                            .map(text -> Backends.parse(text, functions.names(), staying))
                            .orElse(new Backends(Map.of(), Optional.empty(), Set.of())),
                    environment.peers().map(FromEnvironment::peers),
                    new SizeLimit(largest, "IMAGE_FUNCTIONS_MAX_FORWARDED"));
        }

        private static Gateways peers(String text) {
            try {
                return Gateways.parse(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("IMAGE_FUNCTIONS_PEERS is not allowed: " + e.getMessage(), e);
            }
        }

        @Produces
        @Singleton
        Backends backends(BackendSettings settings) {
            return settings.backends();
        }

        /** One for all who call functions elsewhere, so that they know of each other's calls. */
        @Produces
        @Singleton
        GatewayPool pool(GatewaySettings gateways) {
            return new GatewayPool(gateways.choice());
        }
    }
}
