package imagefunctions.receiver;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.runtime.ForwardedPrefix;
import imagefunctions.runtime.JsonReply;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.Drain;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** {@code GET /events}: each message as it arrives, as server-sent events. */
@Singleton
final class EventsRoute {
    private static final int MOST_READERS = 200;
    private static final int MOST_MISSED = 200;
    private static final long HEARTBEAT_MS = 15_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final MessageStore store;
    private final ObjectMapper json;
    private final Answers answers;
    private final Drain drain;
    /** Each with the prefix of the proxy that it reads by. */
    private final Map<HttpServerResponse, String> readers = new ConcurrentHashMap<>();

    EventsRoute(MessageStore store, ObjectMapper json, Answers answers, Drain drain) {
        this.store = store;
        this.json = json;
        this.answers = answers;
        this.drain = drain;
    }

    void routes(@Observes Router router, Vertx vertx) {
        store.onKept(message -> toAll(prefix -> event(message, prefix)));
        vertx.setPeriodic(HEARTBEAT_MS, tick -> toAll(prefix -> ": still here\n\n"));
        router.get("/events").handler(this::read);
    }

    private void read(RoutingContext context) {
        if (drain.draining()) {
            answers.problem(context, new Problem.ShuttingDown());
            return;
        }
        if (readers.size() >= MOST_READERS) {
            answers.problem(
                    context,
                    new Problem.Unavailable(
                            "The receiver shows no more events now: ask again, or poll /messages.", RETRY_AFTER));
            return;
        }
        HttpServerResponse response = context.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no"); // nginx would hold events back
        response.closeHandler(gone -> readers.remove(response));
        response.exceptionHandler(gone -> readers.remove(response));
        String prefix = ForwardedPrefix.of(context.request());
        readers.put(response, prefix);
        response.write("retry: 2000\n\n");
        lastSeen(context).ifPresent(number -> catchUp(response, prefix, number));
    }

    /** The browser sends the header when it connects again by itself, the page the parameter at first. */
    private static Optional<Long> lastSeen(RoutingContext context) {
        String header = context.request().getHeader("Last-Event-ID");
        String last = header == null ? context.request().getParam("after") : header;
        return last != null && last.matches("\\d{1,18}") ? Optional.of(Long.parseLong(last)) : Optional.empty();
    }

    /** What comes twice, by this and by the live events, has the same id. */
    private void catchUp(HttpServerResponse response, String prefix, long number) {
        List<Message> missed = store.after(number, MOST_MISSED + 1);
        if (missed.size() > MOST_MISSED) {
            response.write("event: reload\ndata: too much was missed\n\n");
            return;
        }
        missed.forEach(message -> response.write(event(message, prefix)));
    }

    private String event(Message message, String prefix) {
        return "id: " + message.number() + "\ndata: " + JsonReply.text(json, message.under(prefix)) + "\n\n";
    }

    /** A reader that does not keep up is let go: it comes back and asks for what it missed. */
    private void toAll(UnaryOperator<String> textUnder) {
        readers.forEach((reader, prefix) -> {
            if (reader.writeQueueFull()) {
                reader.reset(); // its close handler takes it off the list
            } else {
                reader.write(textUnder.apply(prefix));
            }
        });
    }

    void end(@Observes ShutdownDelayInitiatedEvent sigterm) {
        readers.keySet().forEach(HttpServerResponse::end);
        readers.clear();
    }
}
