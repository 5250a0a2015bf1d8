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
 * What one call may download.
 *
 * @param maxUrls URLs of one call
 * @param maxBytes bytes of one image
 * @param atATime downloads of one call at the same time
 * @param downloadTime time for one download, redirects and all
 * @param callTime time for all of them
 * @param policy which addresses may be asked
 */
record LoadSettings(
        int maxUrls, long maxBytes, int atATime, Duration downloadTime, Duration callTime, EgressPolicy policy) {

    LoadSettings {
        if (maxUrls < 1 || maxBytes < 1 || atATime < 1 || downloadTime.toMillis() < 1) {
            throw new IllegalArgumentException("IMAGE_FUNCTIONS_LOAD_MAX_URLS is " + maxUrls
                    + ", IMAGE_FUNCTIONS_LOAD_MAX_BYTES " + maxBytes + ", IMAGE_FUNCTIONS_LOAD_AT_A_TIME " + atATime
                    + " and IMAGE_FUNCTIONS_LOAD_TIMEOUT " + downloadTime + ": set each to 1 or more");
        }
    }

    GuardedClient client() {
        EgressTimeouts most = EgressTimeouts.DEFAULTS;
        return new GuardedClient(
                policy, new EgressTimeouts(least(most.connect()), least(most.silence()), downloadTime));
    }

    private Duration least(Duration other) {
        return downloadTime.compareTo(other) < 0 ? downloadTime : other;
    }

    /** Reads the settings from the environment. */
    @Singleton
    static final class FromEnvironment {
        @Produces
        @Singleton
        LoadSettings settings(
                @ConfigProperty(name = "image-functions.load-max-urls", defaultValue = "100") int maxUrls,
                @ConfigProperty(name = "image-functions.load-max-bytes", defaultValue = "64M") MemorySize maxBytes,
                @ConfigProperty(name = "image-functions.load-at-a-time", defaultValue = "8") int atATime,
                @ConfigProperty(name = "image-functions.load-timeout", defaultValue = "20s") Duration downloadTime,
                @ConfigProperty(name = "image-functions.load-allow", defaultValue = "none") String allowed,
                @ConfigProperty(name = "exec_timeout", defaultValue = "60s") Duration execTimeout) {
            return new LoadSettings(
                    maxUrls,
                    maxBytes.asLongValue(),
                    atATime,
                    downloadTime,
                    execTimeout.multipliedBy(9).dividedBy(10),
                    EgressPolicy.allowing(allowed.equals("none") ? "" : allowed));
        }
    }
}
