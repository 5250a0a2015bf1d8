package imagefunctions.gateways;

import imagefunctions.gatewayclient.Credentials;
import imagefunctions.gatewayclient.GatewayChoice;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.GatewayPool;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.runtime.Secrets;
import imagefunctions.traces.Traces;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which gateways to call, and how.
 *
 * @param gateways those of {@code gateway_url}, to be looked up for every call
 * @param choice how to choose among several gateways
 * @param credentials for the gateways, from the secrets basic-auth-user and basic-auth-password
 * @param traces of the requests
 */
public record GatewaySettings(
        Supplier<Optional<Gateways>> gateways, GatewayChoice choice, Optional<Credentials> credentials, Traces traces) {

    /** A client with these settings. */
    public GatewayClient client() {
        return new GatewayClient(new GatewayPool(choice), credentials, traces);
    }

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        @WithDefault("least-requests")
        GatewayChoice gatewayChoice();
    }

    /** Reads the settings from the environment. */
    @Singleton
    static final class FromEnvironment {
        /** Not by a mapping, which is read once: the local gateway knows its own port, and so its URL, only later. */
        @Produces
        @Singleton
        GatewaySettings settings(
                Environment environment,
                Secrets secrets,
                Traces traces,
                @ConfigProperty(name = "gateway_url") Provider<Optional<String>> url) {
            return new GatewaySettings(
                    () -> url.get().map(Gateways::ofSetting),
                    environment.gatewayChoice(),
                    Credentials.of(secrets.get("basic-auth-user"), secrets.get("basic-auth-password")),
                    traces);
        }
    }
}
