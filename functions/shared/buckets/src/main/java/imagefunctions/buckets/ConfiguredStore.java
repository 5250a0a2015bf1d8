package imagefunctions.buckets;

import imagefunctions.storage.ObjectStoreSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The object store as configured by the environment.
 *
 * @param endpoint if one is configured
 * @param accessKey if one is configured
 * @param secretKey if one is configured
 */
public record ConfiguredStore(
        Optional<URI> endpoint,
        Optional<String> accessKey,
        Optional<String> secretKey,
        String region,
        Duration connectTimeout,
        Duration readTimeout) {

    public ObjectStoreSettings at(URI address, String key, String secret) {
        return new ObjectStoreSettings(address, region, key, secret, connectTimeout, readTimeout);
    }

    /** The configured store. */
    public ObjectStoreSettings named() {
        return at(
                endpoint.orElseThrow(() -> new IllegalArgumentException(
                        "No object store is configured: set S3_ENDPOINT, such as https://s3.example.com, or"
                                + " minio_hostname.")),
                accessKey.orElse(""),
                secretKey.orElse(""));
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return endpoint + " as " + accessKey;
    }
}
