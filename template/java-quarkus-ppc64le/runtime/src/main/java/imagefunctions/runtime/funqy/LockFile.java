package imagefunctions.runtime.funqy;

import imagefunctions.runtime.OpenFaasSettings;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/** The file {@code .lock} in the temporary folder, which lies there while a container's function takes calls. */
@Singleton
final class LockFile {
    private static final Logger LOG = Logger.getLogger("imagefunctions");

    private final Path file = Path.of(System.getProperty("java.io.tmpdir"), ".lock");
    private final boolean wanted;

    LockFile(Mount.Environment environment, OpenFaasSettings openFaas) {
        this.wanted = environment.mount() == Mount.ROOT && !openFaas.suppressLock();
    }

    void listening(@ObservesAsync HttpServerStart start) {
        if (wanted) {
            try {
                Files.writeString(file, "");
            } catch (IOException e) {
                LOG.warnf("%s cannot be written (%s): make it writable, or set suppress_lock=true", file, e);
            }
        }
    }

    void draining(@Observes ShutdownDelayInitiatedEvent sigterm) throws IOException {
        if (wanted) {
            Files.deleteIfExists(file);
        }
    }
}
