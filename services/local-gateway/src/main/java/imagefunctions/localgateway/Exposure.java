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
    private final BasicAuth auth;

    Exposure(OwnAddress address, BasicAuth auth) {
        this.address = address;
        this.auth = auth;
    }

    void started(@Observes StartupEvent event) {
        if (!address.isLoopback() && !auth.isOn()) {
            LOG.warnf(
                    "Whoever reaches %s can do everything: no password is asked for. Set basic_auth=true for all but the"
                            + " functions themselves, put a proxy in front that asks for one, or set"
                            + " QUARKUS_HTTP_HOST=127.0.0.1 (docs/ports.md).",
                    address.listening());
        }
    }
}
