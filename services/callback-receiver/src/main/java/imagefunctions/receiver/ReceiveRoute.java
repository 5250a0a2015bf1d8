package imagefunctions.receiver;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** {@code POST /messages/<filename>}: keeps a message. */
@Singleton
final class ReceiveRoute {
    private static final String PATH = "/messages/";
    private static final Logger LOG = Logger.getLogger("messages");

    private final MessageStore store;
    private final ReceiverSettings settings;
    private final Answers answers;
    private final Drain drain;

    ReceiveRoute(MessageStore store, ReceiverSettings settings, Answers answers, Drain drain) {
        this.store = store;
        this.settings = settings;
        this.answers = answers;
        this.drain = drain;
    }

    void routes(@Observes Router router) {
        router.post(PATH + "*").handler(this::receive);
    }

    private void receive(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.path().startsWith(PATH)) {
            context.next(); // Vert.x takes /messages for /messages/*, too
            return;
        }
        request.pause();
        BodyPump pump = new BodyPump(context.vertx(), request, settings);
        Envelope envelope;
        try {
            if (drain.draining()) {
                throw new Problem.Unavailable("The receiver is shutting down: send the message again.").asException();
            }
            envelope = Envelope.of(request, request.path().substring(PATH.length()));
        } catch (ProblemException e) {
            pump.skip();
            answers.problem(context, e);
            return;
        }
        answers.identify(context, envelope.callId());
        context.vertx()
                .executeBlocking(() -> new Arrival(store, envelope, settings))
                .onSuccess(arrival -> take(context, pump, arrival))
                .onFailure(failure -> {
                    pump.skip();
                    log(context, envelope, "refused: " + failure.getMessage());
                    answers.problem(context, failure);
                });
    }

    private void take(RoutingContext context, BodyPump pump, Arrival arrival) {
        pump.into(arrival::add)
                .compose(whole -> context.vertx().executeBlocking(arrival::finish))
                .eventually(() -> context.vertx().executeBlocking(() -> {
                    arrival.close();
                    return true;
                }))
                .onSuccess(kept -> {
                    log(context, arrival.envelope(), kept.before() ? "was there already" : "kept");
                    context.response().putHeader("Location", kept.message().url());
                    answers.send(context, kept.before() ? 200 : 201, kept.message());
                })
                .onFailure(failure -> {
                    log(context, arrival.envelope(), "not kept: " + failure.getMessage());
                    answers.problem(context, failure);
                });
    }

    /** Who, what, with which status; the log itself says when. */
    private static void log(RoutingContext context, Envelope e, String outcome) {
        LOG.infof(
                "%s %s %s HTTP: %s, call %s, %s",
                context.request().remoteAddress().hostAddress(),
                e.name(),
                e.function(),
                e.status(),
                e.callId(),
                outcome);
    }
}
