package imagefunctions.runtime.funqy;

import imagefunctions.runtime.Problem;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.Drain;
import imagefunctions.runtime.http.HeldBytes;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What an orchestrator asks: whether this process lives, and whether it would take a call now. */
@Singleton
final class Probes {
    private final BodyReader bodies;
    private final Drain drain;
    private final WorkPool pool;
    private final HeldBytes held;

    Probes(BodyReader bodies, Drain drain, WorkPool pool, HeldBytes held) {
        this.bodies = bodies;
        this.drain = drain;
        this.pool = pool;
        this.held = held;
    }

    void routes(@Observes Router router) {
        router.route("/_/health").order(-1).handler(context -> answer(context, 200, "OK"));
        router.route("/_/ready").order(-1).handler(this::ready);
    }

    private void ready(RoutingContext context) {
        if (drain.draining()) {
            answer(context, 503, "draining");
        } else if (pool.full() || held.full()) {
            answer(context, 429, "full");
        } else {
            answer(context, 200, "OK");
        }
    }

    private void answer(RoutingContext context, int status, String text) {
        HttpMethod method = context.request().method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            context.response().setStatusCode(status).end(text + "\n");
        } else {
            String path = context.request().path();
            bodies.refuse(context, new Problem.MethodNotAllowed(method.name(), "GET, HEAD", "GET " + path));
        }
    }
}
