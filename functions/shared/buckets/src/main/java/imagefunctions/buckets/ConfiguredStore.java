package imagefunctions.buckets;

import imagefunctions.storage.ObjectStoreSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What the environment says about the object store.
 *
 * @param endpoint if one is named
 * @param accessKey if one is given
 * @param secretKey if one is given
 */
public record ConfiguredStore(
        Optional<URI> endpoint,
        Optional<String> accessKey,
        Optional<String> secretKey,
        String region,
        Duration connectTimeout,
        Duration silence) {

    public ObjectStoreSettings at(URI address, String key, String secret) {
        return new ObjectStoreSettings(address, region, key, secret, connectTimeout, silence);
    }

    /** The store that is named. */
    public ObjectStoreSettings named() {
        return at(
                endpoint.orElseThrow(() -> new IllegalArgumentException(
                        "No object store is named: set S3_ENDPOINT, as https://s3.example.com, or minio_hostname.")),
                accessKey.orElse(""),
                secretKey.orElse(""));
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return endpoint + " as " + accessKey;
    }
}
