package imagefunctions.storage;

import java.net.URI;
import java.time.Duration;

/**
 * Where an S3-compatible store is, and how to sign for it.
 *
 * @param endpoint http or https, host and port
 * @param region that requests are signed for; most stores of one's own take any
 * @param connectTimeout for one connection attempt
 * @param readTimeout between two pieces of data
 */
public record ObjectStoreSettings(
        URI endpoint,
        String region,
        String accessKey,
        String secretKey,
        Duration connectTimeout,
        Duration readTimeout) {

    public ObjectStoreSettings {
        if (endpoint.getHost() == null
                || !("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))) {
            throw new IllegalArgumentException(
                    "the endpoint \"" + endpoint + "\" is no URL: write http://HOST:PORT or https://HOST");
        }
        if (region.isBlank()) {
            throw new IllegalArgumentException("the region is empty: set it, us-east-1 fits most stores");
        }
        if (accessKey.isEmpty() || secretKey.isEmpty()) {
            throw new IllegalArgumentException(
                    "there are no keys for the store at " + endpoint + ": set minio_access_key and minio_secret_key");
        }
        if (connectTimeout.toMillis() < 1 || readTimeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "the timeouts are " + connectTimeout + " and " + readTimeout + ": set them to 1 ms or more");
        }
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return endpoint + " as " + accessKey;
    }
}
