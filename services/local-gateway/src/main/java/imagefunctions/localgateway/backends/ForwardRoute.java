package imagefunctions.localgateway.backends;

import imagefunctions.runtime.FunctionPath;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.http.BodyReader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** {@code /function/NAME} of functions that run elsewhere; those of this process are left to it. */
@Singleton
final class ForwardRoute {
    private static final String PREFIX = "/function/";
    private static final int BEFORE_FUNCTIONS = -1;

    private final Backends backends;
    private final Catalogue catalogue;
    private final Forwarder forwarder;
    private final BodyReader bodies;

    ForwardRoute(Backends backends, Catalogue catalogue, Forwarder forwarder, BodyReader bodies) {
        this.backends = backends;
        this.catalogue = catalogue;
        this.forwarder = forwarder;
        this.bodies = bodies;
    }

    void routes(@Observes Router router) {
        if (!backends.areNone()) {
            router.route(PREFIX + "*").order(BEFORE_FUNCTIONS).handler(this::route);
        }
    }

    private void route(RoutingContext context) {
        FunctionPath target = FunctionPath.below(PREFIX, context.normalizedPath());
        Optional<Problem> refusal = catalogue.refusal(target.name());
        Optional<Destination> elsewhere = backends.of(target.name());
        if (refusal.isPresent()) {
            bodies.refuse(context, refusal.get());
        } else if (elsewhere.isPresent()) {
            forwarder.forward(context, target, elsewhere.get());
        } else {
            context.next();
        }
    }
}
