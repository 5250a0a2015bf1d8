package imagefunctions.buckets;

import imagefunctions.runtime.Secrets;
import imagefunctions.storage.Buckets;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreSettings;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads the settings of buckets and of the object store from the environment and from OpenFaaS' secrets. */
@Singleton
final class StorageSettings {

    @Produces
    @Singleton
    Buckets buckets(
            @ConfigProperty(name = "image-functions.bucket-incoming", defaultValue = "incoming") String incoming,
            @ConfigProperty(name = "image-functions.bucket-processed", defaultValue = "processed") String processed,
            @ConfigProperty(name = "image-functions.bucket-failed", defaultValue = "failed") String failed) {
        return new Buckets(incoming, processed, failed);
    }

    @Produces
    @Singleton
    ConfiguredStore configured(
            Secrets secrets,
            @ConfigProperty(name = "S3_ENDPOINT") Optional<URI> endpoint,
            @ConfigProperty(name = "minio_hostname") Optional<String> host,
            @ConfigProperty(name = "image-functions.s3-tls", defaultValue = "false") boolean tls,
            @ConfigProperty(name = "minio_access_key") Optional<String> accessKey,
            @ConfigProperty(name = "minio_secret_key") Optional<String> secretKey,
            @ConfigProperty(name = "image-functions.s3-region", defaultValue = "us-east-1") String region,
            @ConfigProperty(name = "image-functions.s3-connect-timeout", defaultValue = "5s") Duration connectTimeout,
            @ConfigProperty(name = "image-functions.s3-read-timeout", defaultValue = "30s") Duration silence) {
        return new ConfiguredStore(
                endpoint.or(() -> host.map(name -> URI.create((tls ? "https://" : "http://") + name))),
                secrets.get("minio_access_key", accessKey),
                secrets.get("minio_secret_key", secretKey),
                region,
                connectTimeout,
                silence);
    }

    @Produces
    @Singleton
    @DefaultBean
    ObjectStoreSettings store(ConfiguredStore configured) {
        return configured.named();
    }

    @Produces
    @Singleton
    ObjectStore connect(ObjectStoreSettings settings) {
        return new ObjectStore(settings);
    }

    void disconnect(@Disposes ObjectStore store) throws IOException {
        store.close();
    }
}
