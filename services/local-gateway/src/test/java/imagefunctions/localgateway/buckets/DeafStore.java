package imagefunctions.localgateway.buckets;

import static org.awaitility.Awaitility.await;

import imagefunctions.embeddeds3.EmbeddedS3;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.testservers.ReservedPort;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** A second server over the folder of the gateway under test, whose events are lost. */
@Singleton
final class DeafStore {
    private final ReservedPort port;
    private final EmbeddedS3 server;
    private final ObjectStore store;

    DeafStore(ObjectStore gateways, ObjectStoreSettings settings, LocalStore local) throws IOException {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(ObjectStoreException.class)
                .until(() -> gateways.hasBucket("failed"));
        port = new ReservedPort();
        server = EmbeddedS3.start(
                local.objects(), port.url(), settings.accessKey(), settings.secretKey(), lostEvent -> {});
        store = new ObjectStore(new ObjectStoreSettings(
                port.url(),
                settings.region(),
                settings.accessKey(),
                settings.secretKey(),
                settings.connectTimeout(),
                settings.readTimeout()));
    }

    URI url() {
        return port.url();
    }

    ObjectStore store() {
        return store;
    }

    @PreDestroy
    void close() throws Exception {
        store.close();
        server.close();
        port.close();
    }
}
