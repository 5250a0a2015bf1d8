package imagefunctions.localgateway;

import imagefunctions.runtime.Problem;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.OwnAddress;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Says at the start that others than this machine can connect, if they can, and shows them no pictures of buckets and
 * of durable runs, and no messages, without a password.
 */
@Singleton
final class Exposure {
    private static final Logger LOG = Logger.getLogger("imagefunctions");

    private static final int BEFORE_ALL_ROUTES = -1000;

    private final OwnAddress address;
    private final BasicAuth auth;
    private final BodyReader bodies;

    Exposure(OwnAddress address, BasicAuth auth, BodyReader bodies) {
        this.address = address;
        this.auth = auth;
        this.bodies = bodies;
    }

    private boolean isOpen() {
        return !address.isLoopback() && !auth.isOn();
    }

    void routes(@Observes Router router) {
        for (String path : List.of(
                "/system/objects",
                "/system/rules/:name/pictures",
                "/system/runs/:id/steps/:key",
                "/system/messages*")) {
            router.route(path).order(BEFORE_ALL_ROUTES).handler(this::check);
        }
    }

    /** Elsewhere, what these show is behind a key, a port of its own, or the permissions of a folder. */
    private void check(RoutingContext context) {
        if (isOpen()) {
            bodies.refuse(
                    context,
                    new Problem.Forbidden(
                            "Pictures of buckets and of durable runs, and messages, are not shown to whoever"
                                    + " reaches " + address.listening()
                                    + ": set basic_auth=true, which asks for a password."));
        } else {
            context.next();
        }
    }

    void started(@Observes StartupEvent event) {
        if (isOpen()) {
            LOG.warnf(
                    "Whoever reaches %s can do everything: no password is asked for. Set basic_auth=true for all but the"
                            + " functions themselves, put a proxy in front that asks for one, or set"
                            + " QUARKUS_HTTP_HOST=127.0.0.1 (docs/ports.md).",
                    address.listening());
        }
    }
}
