package imagefunctions.functions.loadimages;

import imagefunctions.egress.EgressPolicy;
import imagefunctions.egress.EgressTimeouts;
import imagefunctions.egress.GuardedClient;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The limits on downloads.
 *
 * @param maxUrls maximum number of URLs of one call
 * @param maxBytes maximum bytes of one image
 * @param concurrency concurrent downloads of one call
 * @param downloadTimeout time limit for one download, including redirects
 * @param callTimeout time limit for all downloads of one call
 * @param policy which addresses downloads may connect to
 */
record LoadSettings(
        int maxUrls,
        long maxBytes,
        int concurrency,
        Duration downloadTimeout,
        Duration callTimeout,
        EgressPolicy policy) {

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
                policy, new EgressTimeouts(shorter(limits.connect()), shorter(limits.silence()), downloadTimeout));
    }

    private Duration shorter(Duration other) {
        return downloadTimeout.compareTo(other) < 0 ? downloadTimeout : other;
    }

    /** Reads the settings from the environment. */
    @Singleton
    static final class FromEnvironment {
        @Produces
        @Singleton
        LoadSettings settings(
                @ConfigProperty(name = "image-functions.load-max-urls", defaultValue = "100") int maxUrls,
                @ConfigProperty(name = "image-functions.load-max-bytes", defaultValue = "64M") MemorySize maxBytes,
                @ConfigProperty(name = "image-functions.load-at-a-time", defaultValue = "8") int concurrency,
                @ConfigProperty(name = "image-functions.load-timeout", defaultValue = "20s") Duration downloadTimeout,
                @ConfigProperty(name = "image-functions.load-allow", defaultValue = "none") String allowed,
                @ConfigProperty(name = "exec_timeout", defaultValue = "60s") Duration execTimeout) {
            return new LoadSettings(
                    maxUrls,
                    maxBytes.asLongValue(),
                    concurrency,
                    downloadTimeout,
                    execTimeout.multipliedBy(9).dividedBy(10),
                    EgressPolicy.allowing(allowed.equals("none") ? "" : allowed));
        }
    }
}
