package imagefunctions.runtime.funqy;

import imagefunctions.runtime.Metrics;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.Drain;
import imagefunctions.runtime.http.HeldBytes;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What an orchestrator asks: whether this process lives, whether it would take a call now, and its figures. */
@Singleton
final class Probes {
    private final BodyReader bodies;
    private final Drain drain;
    private final WorkPool pool;
    private final HeldBytes held;
    private final Metrics metrics;

    Probes(BodyReader bodies, Drain drain, WorkPool pool, HeldBytes held, Metrics metrics) {
        this.bodies = bodies;
        this.drain = drain;
        this.pool = pool;
        this.held = held;
        this.metrics = metrics;
    }

    void routes(@Observes Router router) {
        router.route("/_/health").order(-1).handler(context -> answer(context, 200, "OK\n"));
        router.route("/_/ready").order(-1).handler(this::ready);
        router.route("/metrics").order(-1).handler(this::metrics);
    }

    private void ready(RoutingContext context) {
        if (drain.draining()) {
            answer(context, 503, "draining\n");
        } else if (pool.full() || held.full()) {
            answer(context, 429, "full\n");
        } else {
            answer(context, 200, "OK\n");
        }
    }

    /** Some figures are asked of other servers. */
    private void metrics(RoutingContext context) {
        context.vertx()
                .executeBlocking(metrics::text, false)
                .onSuccess(text -> {
                    context.response().putHeader("Content-Type", Metrics.MEDIA_TYPE);
                    answer(context, 200, text);
                })
                .onFailure(context::fail);
    }

    private void answer(RoutingContext context, int status, String text) {
        HttpMethod method = context.request().method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            context.response().setStatusCode(status).end(text);
        } else {
            String path = context.request().path();
            bodies.refuse(context, new Problem.MethodNotAllowed(method.name(), "GET, HEAD", "GET " + path));
        }
    }
}
