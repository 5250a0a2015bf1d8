package imagefunctions.localgateway.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.localgateway.backends.Catalogue;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.Drain;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code GET /system/logs?name=NAME}: the last calls of a function, a line of JSON each, as {@code faas-cli logs} asks for them. */
@Singleton
final class LogsRoute {
    private static final String LOGS = "/system/logs";
    private static final String TYPE = "application/x-ndjson";
    private static final int MOST_FOLLOWERS = 50;
    private static final long HEARTBEAT_MS = 15_000;

    private final CallLogs logs;
    private final Catalogue catalogue;
    private final Answers answers;
    private final BodyReader bodies;
    private final Drain drain;
    private final ObjectMapper json;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

    LogsRoute(CallLogs logs, Catalogue catalogue, Answers answers, BodyReader bodies, Drain drain, ObjectMapper json) {
        this.logs = logs;
        this.catalogue = catalogue;
        this.answers = answers;
        this.bodies = bodies;
        this.drain = drain;
        this.json = json;
    }

    void routes(@Observes Router router, Vertx vertx) {
        logs.onLine(function -> followers.forEach(follower -> {
            if (follower.follows(function)) {
                follower.wake();
            }
        }));
        vertx.setPeriodic(HEARTBEAT_MS, tick -> followers.forEach(Follower::stillHere));
        router.get(LOGS).handler(this::read);
        router.route(LOGS)
                .handler(context -> bodies.refuse(
                        context,
                        new Problem.MethodNotAllowed(
                                context.request().method().name(), "GET", "GET " + LOGS + "?name=NAME reads a log")));
    }

    private void read(RoutingContext context) {
        answers.identify(context);
        try {
            LogQuery query = LogQuery.of(context.request());
            Optional<Problem> refusal = catalogue.refusal(query.name()).or(() -> tooMany(query));
            if (refusal.isPresent()) {
                answers.problem(context, refusal.get());
            } else if (query.follow()) {
                follow(context, query);
            } else {
                byte[] lines = lines(query.past(logs.after(query.name(), 0))).getBytes();
                answers.send(context, Reply.of(TYPE, lines));
            }
        } catch (ProblemException refused) {
            answers.problem(context, refused.problem());
        }
    }

    private Optional<Problem> tooMany(LogQuery query) {
        if (!query.follow()) {
            return Optional.empty();
        }
        if (drain.draining()) {
            return Optional.of(new Problem.ShuttingDown());
        }
        return followers.size() < MOST_FOLLOWERS
                ? Optional.empty()
                : Optional.of(new Problem.Unavailable(
                        MOST_FOLLOWERS + " callers follow logs already: ask again later, or without follow.",
                        Duration.ofSeconds(5)));
    }

    private void follow(RoutingContext context, LogQuery query) {
        HttpServerResponse response = context.response()
                .setChunked(true)
                .putHeader("Content-Type", TYPE)
                .putHeader("X-Accel-Buffering", "no"); // nginx would hold lines back
        Follower follower =
                new Follower(query, logs, this::lines, context.vertx().getOrCreateContext(), response);
        response.closeHandler(gone -> followers.remove(follower));
        response.exceptionHandler(gone -> followers.remove(follower));
        follower.start();
        followers.add(follower);
        follower.wake();
    }

    private Buffer lines(List<LogMessage> messages) {
        Buffer lines = Buffer.buffer();
        for (LogMessage message : messages) {
            try {
                lines.appendBytes(json.writeValueAsBytes(message)).appendByte((byte) '\n');
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("records of texts and times are always JSON", e);
            }
        }
        return lines;
    }

    void end(@Observes ShutdownDelayInitiatedEvent sigterm) {
        followers.forEach(Follower::end);
    }
}
