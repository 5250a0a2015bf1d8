package imagefunctions.functions.loadimages;

import imagefunctions.egress.Proxies;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The proxies for URLs that a user gave; the local gateway's callbacks go by them, too. */
@Singleton
final class ProxySettings {
    @Produces
    @Singleton
    Proxies proxies(
            @ConfigProperty(name = "http_proxy") Optional<String> http,
            @ConfigProperty(name = "https_proxy") Optional<String> https,
            @ConfigProperty(name = "no_proxy") Optional<String> no) {
        return Proxies.of(http, https, no);
    }
}
