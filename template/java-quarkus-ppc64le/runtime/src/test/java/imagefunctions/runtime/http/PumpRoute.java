package imagefunctions.runtime.http;

import imagefunctions.runtime.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/**
 * {@code /pump}: answers with the body that it fed to a sink, which opens when a test lets it; {@code /pump/stuck}: has a
 * sink that takes nothing.
 */
@Singleton
final class PumpRoute {
    /** What the sinks wait for before they open. */
    static final Semaphore OPENING = new Semaphore(0);

    private final Vertx vertx;
    private final BodyReader bodies;
    private final Answers answers;

    PumpRoute(Vertx vertx, BodyReader bodies, Answers answers) {
        this.vertx = vertx;
        this.bodies = bodies;
        this.answers = answers;
    }

    void routes(@Observes Router router) {
        router.route("/pump").handler(this::pump);
        router.route("/pump/stuck").handler(this::stuck);
    }

    private void pump(RoutingContext context) {
        Future<Buffer> body = vertx.executeBlocking(
                () -> {
                    OPENING.acquire();
                    return Buffer.buffer();
                },
                false);
        bodies.pump(context, body.map(opened -> part -> vertx.executeBlocking(() -> opened.appendBuffer(part), false)))
                .onSuccess(whole -> answers.send(
                        context,
                        Reply.of("application/octet-stream", body.result().getBytes())))
                .onFailure(failure -> answers.fail(context, "pump", failure));
    }

    private void stuck(RoutingContext context) {
        bodies.pump(context, Future.succeededFuture(part -> Promise.promise().future()))
                .onFailure(failure -> answers.fail(context, "pump", failure));
    }
}
