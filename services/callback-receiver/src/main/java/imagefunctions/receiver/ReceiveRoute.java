package imagefunctions.receiver;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.folders.FullDisk;
import imagefunctions.reasons.Reason;
import imagefunctions.runtime.CallId;
import imagefunctions.runtime.ForwardedPrefix;
import imagefunctions.runtime.JsonReply;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.HttpLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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

    private final Vertx vertx;
    private final MessageStore store;
    private final ReceiverSettings settings;
    private final HttpLimits limits;
    private final ObjectMapper json;
    private final Answers answers;
    private final BodyReader bodies;

    ReceiveRoute(
            Vertx vertx,
            MessageStore store,
            ReceiverSettings settings,
            HttpLimits limits,
            ObjectMapper json,
            Answers answers,
            BodyReader bodies) {
        this.vertx = vertx;
        this.store = store;
        this.settings = settings;
        this.limits = limits;
        this.json = json;
        this.answers = answers;
        this.bodies = bodies;
    }

    void routes(@Observes Router router) {
        router.post(PATH + "*").handler(this::receive);
    }

    private void receive(RoutingContext context) {
        String path = Envelope.path(context.request());
        if (!path.startsWith(PATH)) {
            context.next(); // Vert.x takes /messages for /messages/*, too
            return;
        }
        try {
            take(context, Envelope.of(context.request(), path.substring(PATH.length())));
        } catch (ProblemException e) {
            bodies.refuse(context, e.problem());
        }
    }

    private void take(RoutingContext context, Envelope envelope) {
        context.response().putHeader(CallId.HEADER, envelope.callId());
        Future<IncomingMessage> arriving =
                vertx.executeBlocking(() -> new IncomingMessage(store, envelope, settings.secret(), limits));
        bodies.pump(
                        context,
                        arriving.map(message -> part -> vertx.executeBlocking(() -> {
                            message.add(part.getBytes());
                            return message;
                        })))
                .compose(whole -> vertx.executeBlocking(arriving.result()::finish))
                .eventually(() -> arriving.compose(message -> vertx.executeBlocking(() -> {
                    message.close();
                    return message;
                })))
                .onSuccess(kept -> {
                    log(context, envelope, kept.before() ? "was there already" : "kept");
                    String prefix = ForwardedPrefix.of(context.request());
                    ShownMessage shown = kept.message().under(prefix);
                    answers.send(
                            context,
                            JsonReply.line(json, kept.before() ? 200 : 201, shown)
                                    .with("Location", shown.url()));
                })
                .onFailure(failure -> {
                    log(context, envelope, (arriving.failed() ? "refused: " : "not kept: ") + Reason.of(failure));
                    answers.fail(context, "The receiver", problem(failure));
                });
    }

    private static Throwable problem(Throwable failure) {
        return FullDisk.isReasonOf(failure)
                ? new Problem.InsufficientStorage(
                                "The receiver's disk is full: make some room on it, or set IMAGE_FUNCTIONS_MESSAGES_FOLDER.")
                        .asException()
                : failure;
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
