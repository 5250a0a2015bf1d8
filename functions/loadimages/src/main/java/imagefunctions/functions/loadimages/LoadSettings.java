package imagefunctions.functions.loadimages;

import imagefunctions.egress.EgressPolicy;
import imagefunctions.egress.EgressTimeouts;
import imagefunctions.egress.GuardedClient;
import imagefunctions.egress.Proxies;
import imagefunctions.runtime.funqy.CallLimits;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * The limits on downloads.
 *
 * @param maxUrls maximum number of URLs of one call
 * @param maxBytes maximum bytes of one image
 * @param concurrency concurrent downloads of one call
 * @param downloadTimeout time limit for one download, including redirects
 * @param callTimeout time limit for all downloads of one call
 * @param policy which addresses downloads may connect to
 * @param proxies by which they go
 */
record LoadSettings(
        int maxUrls,
        long maxBytes,
        int concurrency,
        Duration downloadTimeout,
        Duration callTimeout,
        EgressPolicy policy,
        Proxies proxies) {

    LoadSettings {
        if (maxUrls < 1 || maxBytes < 1 || concurrency < 1 || downloadTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("IMAGE_FUNCTIONS_LOAD_MAX_URLS is " + maxUrls
                    + ", IMAGE_FUNCTIONS_LOAD_MAX_BYTES " + maxBytes + ", IMAGE_FUNCTIONS_LOAD_AT_A_TIME " + concurrency
                    + " and IMAGE_FUNCTIONS_LOAD_TIMEOUT " + downloadTimeout + ": set each to 1 or more");
        }
    }

    GuardedClient client() {
        EgressTimeouts limits = EgressTimeouts.DEFAULTS;
        return new GuardedClient(
                policy,
                new EgressTimeouts(shorter(limits.connect()), shorter(limits.read()), downloadTimeout),
                proxies);
    }

    private Duration shorter(Duration other) {
        return downloadTimeout.compareTo(other) < 0 ? downloadTimeout : other;
    }

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        @WithDefault("100")
        int loadMaxUrls();

        @WithDefault("64M")
        MemorySize loadMaxBytes();

        @WithName("load-at-a-time")
        @WithDefault("8")
        int loadConcurrency();

        @WithDefault("20s")
        Duration loadTimeout();

        @WithDefault("none")
        String loadAllow();
    }

    /** Reads the settings from the environment. */
    @Singleton
    static final class FromEnvironment {
        @Produces
        @Singleton
        LoadSettings settings(Environment environment, CallLimits limits, Proxies proxies) {
            String allowed = environment.loadAllow();
            return new LoadSettings(
                    environment.loadMaxUrls(),
                    environment.loadMaxBytes().asLongValue(),
                    environment.loadConcurrency(),
                    environment.loadTimeout(),
                    limits.execTimeout().multipliedBy(9).dividedBy(10),
                    EgressPolicy.allowing(allowed.equals("none") ? "" : allowed),
                    proxies);
        }
    }
}
