package imagefunctions.localgateway.buckets;

import imagefunctions.buckets.ConfiguredStore;
import imagefunctions.folders.FolderLock;
import imagefunctions.folders.NameEncoding;
import imagefunctions.folders.PrivateFolder;
import imagefunctions.reasons.Reason;
import imagefunctions.runtime.http.OwnAddress;
import imagefunctions.storage.ObjectStoreSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Where the embedded S3 server keeps its data and listens, and who may use it; not used if another store is named. */
@Singleton
final class LocalStore {
    private final ConfiguredStore configured;
    private final Path folder;
    private final OwnAddress address;
    private final String host;
    private final int wantedPort;
    private final boolean serves;
    private @Nullable FolderLock lock;

    LocalStore(
            ConfiguredStore configured,
            BucketSettings settings,
            OwnAddress address,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        int port = settings.s3Port();
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("IMAGE_FUNCTIONS_S3_PORT is " + port + ": set it from 0 to 65535");
        }
        this.configured = configured;
        this.serves = settings.buckets();
        this.folder = settings.s3Folder();
        this.wantedPort = port;
        this.address = address;
        this.host = host;
    }

    boolean isUsed() {
        return configured.endpoint().isEmpty();
    }

    Path objects() {
        return folder.resolve("objects");
    }

    /** What the server listens on, where its clients look for it at this machine. */
    URI listening(ObjectStoreSettings client) {
        return URI.create(
                "http://" + address.listening() + ":" + client.endpoint().getPort());
    }

    /**
     * Takes the folder for this process, unless buckets are off, and says how to reach the server: with a port that is free now, and the key that
     * is set or was made.
     */
    ObjectStoreSettings settings() {
        try {
            NameEncoding.requireUtf8();
            PrivateFolder.make(folder);
            if (serves) {
                lock = FolderLock.of(folder);
            }
            AccessKey kept = configured.accessKey().isPresent()
                            && configured.secretKey().isPresent()
                    ? new AccessKey(
                            configured.accessKey().get(), configured.secretKey().get())
                    : AccessKey.keptIn(folder.resolve("access-key"));
            return configured.at(URI.create("http://" + address.reachable() + ":" + port()), kept.id(), kept.secret());
        } catch (IOException e) {
            // Without the cause, which would be printed with its stack instead.
            throw new ConfigurationException(
                    "The folder of the S3 server cannot be used (IMAGE_FUNCTIONS_S3_FOLDER): " + Reason.of(e));
        }
    }

    /** The server starts seconds later, if it does: that its port is taken is better known now. */
    private int port() {
        if (!serves && wantedPort > 0) {
            return wantedPort;
        }
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress(InetAddress.getByName(host), wantedPort));
            return free.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Port " + wantedPort + " for S3 cannot be used (" + Reason.of(e)
                            + "): end what uses it, choose another one with IMAGE_FUNCTIONS_S3_PORT, or name a store of"
                            + " your own with S3_ENDPOINT.",
                    e);
        }
    }

    @PreDestroy
    void leaveFolder() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
