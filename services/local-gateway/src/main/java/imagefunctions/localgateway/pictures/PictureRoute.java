package imagefunctions.localgateway.pictures;

import imagefunctions.localgateway.backends.Backends;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.CallId;
import imagefunctions.runtime.FunctionPath;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.funqy.Functions;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.HeldBytes;
import imagefunctions.runtime.http.HttpLimits;
import imagefunctions.runtime.http.RequestHeaders;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.traces.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code GET /function/NAME?object=BUCKET/KEY}: what the function makes of an object of the store. */
@Singleton
final class PictureRoute {
    private static final String PREFIX = "/function/";
    private static final int BEFORE_FUNCTIONS = -100;
    /** RFC 9110, 5.6.7; the days of Java's own for RFC 1123 may have one digit. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final Vertx vertx;
    private final Functions functions;
    private final Backends backends;
    private final Pictures pictures;
    private final PictureSettings settings;
    private final HttpLimits limits;
    private final HeldBytes held;
    private final Answers answers;
    private final BodyReader bodies;
    private final FunctionVersions versions;

    PictureRoute(
            Vertx vertx,
            Functions functions,
            Backends backends,
            Pictures pictures,
            PictureSettings settings,
            HttpLimits limits,
            HeldBytes held,
            Answers answers,
            BodyReader bodies,
            FunctionVersions versions) {
        this.vertx = vertx;
        this.functions = functions;
        this.backends = backends;
        this.pictures = pictures;
        this.settings = settings;
        this.limits = limits;
        this.held = held;
        this.answers = answers;
        this.bodies = bodies;
        this.versions = versions;
    }

    void routes(@Observes Router router) {
        router.get(PREFIX + "*").order(BEFORE_FUNCTIONS).handler(this::picture);
        router.head(PREFIX + "*").order(BEFORE_FUNCTIONS).handler(this::picture);
    }

    private void picture(RoutingContext context) {
        String uri = context.request().uri();
        String function = FunctionPath.below(PREFIX, context.normalizedPath()).name();
        if (!PictureQuery.isIn(uri) || isForwarded(function)) {
            context.next();
            return;
        }
        String id = answers.identify(context);
        bodies.skip(context);
        Future.succeededFuture()
                .map(start -> allowed(PictureQuery.of(function, uri)))
                .compose(query -> vertx.executeBlocking(() -> pictures.look(query, trace(context)), false)
                        .compose(found -> answer(context, id, query, found)))
                .onSuccess(reply -> answers.send(context, reply))
                .onFailure(failure -> answers.fail(context, "a picture by GET", failure));
    }

    /** Whether a parameter {@code object} is the function's own affair. */
    private boolean isForwarded(String function) {
        return backends.of(function).isPresent() && !settings.getFunctions().contains(function);
    }

    private PictureQuery allowed(PictureQuery query) {
        if (backends.of(query.function()).isPresent()) {
            throw new Problem.Forbidden(query.function() + " runs elsewhere (IMAGE_FUNCTIONS_BACKENDS), and pictures by"
                            + " GET are made by functions of this gateway only: POST the picture.")
                    .asException();
        }
        functions.refusal(query.function()).ifPresent(refusal -> {
            throw refusal.asException();
        });
        if (!settings.getFunctions().contains(query.function())) {
            throw new Problem.Forbidden(query.function() + " is not answered by GET: if it only makes a picture, add it"
                            + " to IMAGE_FUNCTIONS_GET_FUNCTIONS.")
                    .asException();
        }
        if (!settings.getBuckets().orElse(List.of()).contains(query.bucket())) {
            throw new Problem.Forbidden(
                            "Pictures of the bucket " + query.bucket() + " are not answered by GET: if anybody"
                                    + " may see them, add it to IMAGE_FUNCTIONS_GET_BUCKETS.")
                    .asException();
        }
        return query;
    }

    private Future<Reply> answer(RoutingContext context, String id, PictureQuery query, ObjectInfo found) {
        requireCaller(context);
        if (isKnown(context.request().headers().getAll("If-None-Match"), tag(query, found))) {
            return Future.succeededFuture(cacheable(Reply.empty(304), query, found));
        }
        long size = found.size();
        if (size > limits.maxBody()) {
            return Future.failedFuture(limits.tooLarge().asException());
        }
        if (!held.take(size)) {
            return Future.failedFuture(new Problem.TooManyCalls(
                            "The bodies of the calls at work fill the memory set aside for them: ask again in a second.")
                    .asException());
        }
        context.addEndHandler(over -> held.giveBack(size));
        return vertx.executeBlocking(() -> pictures.read(query, size, trace(context)), false)
                .compose(source -> made(context, id, query, source)
                        .map(reply -> reply.status() == 200 ? cacheable(reply, query, source.info) : reply));
    }

    private static Optional<TraceContext> trace(RoutingContext context) {
        return TraceContext.of(name -> Optional.ofNullable(context.request().getHeader(name)));
    }

    /** What is taken for a caller who has left would never be given back: its end is over. */
    private static void requireCaller(RoutingContext context) {
        if (context.response().closed()) {
            throw new Problem.CallerLeft().asException();
        }
    }

    private Future<Reply> made(RoutingContext context, String id, PictureQuery query, Pictures.Source source) {
        requireCaller(context);
        // None of the caller's own: a cache answers another caller with this.
        Map<String, List<String>> headers = Map.of(
                "Content-Type",
                List.of(source.info.contentType()),
                CallId.HEADER,
                List.of(id),
                // A parameter that nobody reads would be one more entry in every cache.
                "Prefer",
                List.of("handling=strict"),
                RequestHeaders.START_TIME,
                List.of(RequestHeaders.startTime(Instant.now())));
        CompletableFuture<Reply> reply = functions.call(new Call(
                query.function(),
                id,
                "POST",
                "",
                HttpHeaders.of(headers, (name, value) -> true),
                query.parameters(),
                source.bytes));
        context.response().closeHandler(left -> reply.cancel(false));
        return Future.fromCompletionStage(reply, vertx.getOrCreateContext());
    }

    private Reply cacheable(Reply reply, PictureQuery query, ObjectInfo source) {
        return reply.with("ETag", tag(query, source))
                .with("Cache-Control", settings.getCacheControl())
                .with("Last-Modified", HTTP_DATE.format(source.lastModified()))
                // Whoever may see the picture may show it.
                .with("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private String tag(PictureQuery query, ObjectInfo source) {
        return query.tag(source.etag(), versions.of(query.function()));
    }

    /** Whether the caller has this answer already (RFC 9110, 13.1.2: tags are compared weakly). */
    private static boolean isKnown(List<String> headers, String tag) {
        return headers.stream()
                .flatMap(tags -> Arrays.stream(tags.split(",", -1)))
                .map(given -> given.strip().replaceFirst("^W/", ""))
                .anyMatch(given -> given.equals("*") || given.equals(tag));
    }
}
