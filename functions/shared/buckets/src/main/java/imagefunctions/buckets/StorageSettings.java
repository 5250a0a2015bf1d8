package imagefunctions.buckets;

import imagefunctions.runtime.Secrets;
import imagefunctions.runtime.TrueOrFalse;
import imagefunctions.storage.Buckets;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.storage.StoreDefaults;
import imagefunctions.traces.Traces;
import io.quarkus.arc.DefaultBean;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMapping.NamingStrategy;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Reads the settings of buckets and of the object store from the environment and from OpenFaaS' secrets. */
@Singleton
final class StorageSettings {

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        @WithDefault("incoming")
        String bucketIncoming();

        @WithDefault("processed")
        String bucketProcessed();

        @WithDefault("failed")
        String bucketFailed();

        @WithDefault("false")
        @WithConverter(TrueOrFalse.class)
        boolean s3Tls();

        @WithDefault(StoreDefaults.REGION)
        String s3Region();

        @WithDefault(StoreDefaults.CONNECT_SECONDS + "s")
        Duration s3ConnectTimeout();

        @WithDefault(StoreDefaults.READ_SECONDS + "s")
        Duration s3ReadTimeout();
    }

    /** The settings whose names are those of other programs. */
    @ConfigMapping(prefix = "", namingStrategy = NamingStrategy.SNAKE_CASE)
    interface StoreEnvironment {
        @WithName("S3_ENDPOINT")
        Optional<URI> s3Endpoint();

        Optional<String> minioHostname();

        Optional<String> minioAccessKey();

        Optional<String> minioSecretKey();
    }

    @Produces
    @Singleton
    Buckets buckets(Environment environment) {
        return new Buckets(environment.bucketIncoming(), environment.bucketProcessed(), environment.bucketFailed());
    }

    @Produces
    @Singleton
    ConfiguredStore configured(Secrets secrets, Environment environment, StoreEnvironment store) {
        String scheme = environment.s3Tls() ? "https://" : "http://";
        return new ConfiguredStore(
                store.s3Endpoint().or(() -> store.minioHostname().map(host -> URI.create(scheme + host))),
                secrets.get("minio_access_key", store.minioAccessKey()),
                secrets.get("minio_secret_key", store.minioSecretKey()),
                environment.s3Region(),
                environment.s3ConnectTimeout(),
                environment.s3ReadTimeout());
    }

    @Produces
    @Singleton
    @DefaultBean
    ObjectStoreSettings store(ConfiguredStore configured) {
        return configured.named();
    }

    @Produces
    @Singleton
    ObjectStore connect(ObjectStoreSettings settings, Instance<Traces> traces) {
        return new ObjectStore(settings, traces.isResolvable() ? traces.get() : Traces.NONE);
    }

    void disconnect(@Disposes ObjectStore store) throws IOException {
        store.close();
    }
}
