package imagefunctions.receiver;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.runtime.CallId;
import imagefunctions.runtime.ForwardedPrefix;
import imagefunctions.runtime.JsonReply;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /messages}, {@code GET} and {@code DELETE /messages/<filename>}. */
@Singleton
final class ReadRoutes {
    private static final String PATH = "/messages/";
    private static final int AFTER_OTHERS = 100;
    private static final int PAGE = 50;
    private static final int LONGEST_PAGE = 200;

    private final Vertx vertx;
    private final MessageStore store;
    private final ReceiverSettings settings;
    private final ObjectMapper json;
    private final Answers answers;
    private final BodyReader bodies;

    ReadRoutes(
            Vertx vertx,
            MessageStore store,
            ReceiverSettings settings,
            ObjectMapper json,
            Answers answers,
            BodyReader bodies) {
        this.vertx = vertx;
        this.store = store;
        this.settings = settings;
        this.json = json;
        this.answers = answers;
        this.bodies = bodies;
    }

    /**
     * A part of the list, newest first.
     *
     * @param count of all messages
     * @param next where the following part is, if there is one
     */
    record Page(
            int count,
            List<ShownMessage> messages,
            @Nullable String next) {}

    void routes(@Observes Router router) {
        router.get("/messages").handler(this::list);
        router.get(PATH + "*").handler(this::one);
        router.head(PATH + "*").handler(this::one);
        router.delete(PATH + "*").handler(this::delete);
        router.route("/messages")
                .order(AFTER_OTHERS)
                .handler(context -> notAllowed(context, "GET", "use GET, or POST to /messages/<filename>"));
        router.route(PATH + "*")
                .order(AFTER_OTHERS)
                .handler(context -> notAllowed(context, "GET, HEAD, POST, DELETE", "use GET, HEAD, POST or DELETE"));
    }

    private void notAllowed(RoutingContext context, String allowed, String hint) {
        bodies.refuse(
                context, new Problem.MethodNotAllowed(context.request().method().name(), allowed, hint));
    }

    private void list(RoutingContext context) {
        try {
            HttpServerRequest request = context.request();
            long before = number(request, "before", Long.MAX_VALUE);
            int limit = Math.clamp(number(request, "limit", PAGE), 1, LONGEST_PAGE);
            List<Message> messages = store.before(before, limit + 1, Search.of(request));
            boolean more = messages.size() > limit;
            List<Message> page = more ? messages.subList(0, limit) : messages;
            String prefix = ForwardedPrefix.of(request);
            List<ShownMessage> linked =
                    page.stream().map(message -> message.under(prefix)).toList();
            String next = more ? prefix + following(request, page.getLast(), limit) : null;
            answers.send(context, JsonReply.line(json, 200, new Page(store.count(), linked, next)));
        } catch (ProblemException e) {
            answers.problem(context, e.problem());
        }
    }

    private static String following(HttpServerRequest request, Message last, int limit) {
        QueryStringEncoder next = new QueryStringEncoder("/messages");
        for (String name : List.of("search", "since", "until", "failed")) {
            Optional.ofNullable(request.getParam(name)).ifPresent(value -> next.addParam(name, value));
        }
        next.addParam("before", Long.toString(last.number()));
        next.addParam("limit", Integer.toString(limit));
        return next.toString();
    }

    private static long number(HttpServerRequest request, String name, long defaultValue) {
        String value = request.getParam(name);
        if (value == null) {
            return defaultValue;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new Problem.BadRequest("The parameter \"" + name + "\" is \"" + value + "\": give a whole number.")
                    .asException();
        }
    }

    private void one(RoutingContext context) {
        if (!Envelope.path(context.request()).startsWith(PATH)) {
            context.next();
            return;
        }
        try {
            send(context, known(context.request()));
        } catch (ProblemException e) {
            answers.problem(context, e.problem());
        }
    }

    private Message known(HttpServerRequest request) {
        String name = Envelope.decode(Envelope.path(request).substring(PATH.length()));
        return find(request, name).orElseThrow(() -> new Problem.NotFound(
                        "There is no such message: GET /messages lists those that there are.")
                .asException());
    }

    /** Only one that is named exactly: another of its name may have arrived since its reader looked. */
    private void delete(RoutingContext context) {
        if (!Envelope.path(context.request()).startsWith(PATH)) {
            context.next();
            return;
        }
        if (!context.request().params().contains("call")) {
            bodies.refuse(
                    context,
                    new Problem.BadRequest("Say which of this name: DELETE the \"url\" of a message, as GET /messages"
                            + " lists it."));
            return;
        }
        if (settings.secret().isPresent()) {
            bodies.refuse(
                    context,
                    new Problem.Forbidden(
                            "This receiver trusts who signs, and a DELETE is not signed: delete the message"
                                    + " from its folder, and restart it."));
            return;
        }
        answers.identify(context);
        vertx.executeBlocking(() -> {
                    store.delete(known(context.request()));
                    return Reply.empty(204);
                })
                .onSuccess(gone -> answers.send(context, gone))
                .onFailure(failure -> answers.fail(context, "The receiver", failure));
    }

    private Optional<Message> find(HttpServerRequest request, String name) {
        String call = request.getParam("call");
        return call == null
                ? store.newest(name)
                : store.find(new Message.Key(call, name, request.params().contains("failed")));
    }

    private void send(RoutingContext context, Message message) {
        boolean exact = context.request().params().contains("call");
        HttpServerResponse response = context.response()
                .putHeader(CallId.HEADER, message.callId())
                .putHeader("Content-Type", message.type())
                // A message is bytes from elsewhere: whatever it claims to be, it gets to do nothing here.
                .putHeader("Content-Security-Policy", "default-src 'none'; sandbox")
                .putHeader("Cache-Control", exact ? "private, max-age=31536000, immutable" : "no-cache");
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Long.toString(message.size())).end();
            return;
        }
        response.sendFile(store.file(message).toString()).onFailure(missing -> {
            response.headers().remove("Content-Length").remove("Cache-Control");
            answers.problem(context, new Problem.NotFound("The message was moved out of the receiver's folder."));
        });
    }
}
