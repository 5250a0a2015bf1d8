package imagefunctions.localgateway.async;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** {@code /_/ready} is red while the queue cannot be reached; otherwise it is what the rest of the process says. */
@Singleton
final class QueueProbe {
    private final AsyncCalls calls;

    QueueProbe(AsyncCalls calls) {
        this.calls = calls;
    }

    void routes(@Observes Router router) {
        router.get("/_/ready").order(-2).handler(this::ready);
    }

    private void ready(RoutingContext context) {
        if (calls.queue().isReachable()) {
            context.next();
        } else {
            context.response().setStatusCode(503).end("no queue\n");
        }
    }
}
