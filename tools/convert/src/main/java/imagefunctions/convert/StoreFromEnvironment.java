package imagefunctions.convert;

import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.storage.StoreDefaults;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** The store that the settings of buckets name, else the local gateway's own. */
final class StoreFromEnvironment {
    private StoreFromEnvironment() {}

    static ObjectStore open() throws IOException {
        Map<String, String> environment = System.getenv();
        Properties key = new Properties();
        Path gatewayKey =
                Path.of(environment.getOrDefault("IMAGE_FUNCTIONS_S3_FOLDER", StoreDefaults.FOLDER), "access-key");
        if (Files.exists(gatewayKey)) {
            try (Reader reader = Files.newBufferedReader(gatewayKey)) {
                key.load(reader);
            }
        }
        for (String name : new String[] {"minio_access_key", "minio_secret_key"}) {
            if (environment.containsKey(name)) {
                key.setProperty(name, environment.get(name));
            }
        }
        String scheme =
                environment.getOrDefault("IMAGE_FUNCTIONS_S3_TLS", "false").equals("true") ? "https" : "http";
        String port = environment.getOrDefault("IMAGE_FUNCTIONS_S3_PORT", "" + StoreDefaults.PORT);
        String host = environment.getOrDefault("minio_hostname", "127.0.0.1:" + port);
        return new ObjectStore(new ObjectStoreSettings(
                URI.create(environment.getOrDefault("S3_ENDPOINT", scheme + "://" + host)),
                environment.getOrDefault("IMAGE_FUNCTIONS_S3_REGION", StoreDefaults.REGION),
                key.getProperty("minio_access_key", ""),
                key.getProperty("minio_secret_key", ""),
                Duration.ofSeconds(StoreDefaults.CONNECT_SECONDS),
                Duration.ofSeconds(StoreDefaults.READ_SECONDS)));
    }
}
