package imagefunctions.localgateway;

import imagefunctions.runtime.http.OwnAddress;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Says at the start that others than this machine can connect, if they can. */
@Singleton
final class Exposure {
    private static final Logger LOG = Logger.getLogger("imagefunctions");

    private final OwnAddress address;

    Exposure(OwnAddress address) {
        this.address = address;
    }

    void started(@Observes StartupEvent event) {
        if (!address.isLoopback()) {
            LOG.warnf(
                    "Whoever reaches %s can call every function: no password is asked for. Put a proxy in front that asks"
                            + " for one, or set QUARKUS_HTTP_HOST=127.0.0.1 (docs/ports.md).",
                    address.listening());
        }
    }
}
