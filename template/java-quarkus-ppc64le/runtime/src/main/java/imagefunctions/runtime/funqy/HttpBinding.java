package imagefunctions.runtime.funqy;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.CallId;
import imagefunctions.runtime.FunctionPath;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.Seconds;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.RequestHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Functions over HTTP: the one function of a container at {@code /}, those of a gateway at {@code /function/NAME}. */
@Singleton
final class HttpBinding {
    private static final String GATEWAY_PREFIX = "/function/";

    private final Functions functions;
    private final Answers answers;
    private final BodyReader bodies;
    private final Overflow overflow;
    private final Mount mount;
    private final Optional<String> exported;

    HttpBinding(
            Functions functions,
            Answers answers,
            BodyReader bodies,
            Overflow overflow,
            Mount.Environment environment,
            @ConfigProperty(name = "quarkus.funqy.export") Optional<String> exported) {
        this.functions = functions;
        this.answers = answers;
        this.bodies = bodies;
        this.overflow = overflow;
        this.mount = environment.mount();
        this.exported = exported;
    }

    void routes(@Observes Router router) {
        switch (mount) {
            case GATEWAY -> router.route(GATEWAY_PREFIX + "*").handler(this::named);
            case ROOT -> {
                String only = onlyFunction();
                router.route()
                        .last()
                        .handler(context ->
                                serve(context, only, context.request().path()));
            }
        }
    }

    private String onlyFunction() {
        List<String> candidates = functions.names().stream()
                .filter(name -> exported.map(name::equals).orElse(true))
                .toList();
        if (candidates.size() != 1) {
            throw new IllegalStateException("This application serves one function at / but has " + functions.names()
                    + ": keep one, choose one with QUARKUS_FUNQY_EXPORT, or set IMAGE_FUNCTIONS_MOUNT=gateway.");
        }
        return candidates.getFirst();
    }

    private void named(RoutingContext context) {
        FunctionPath target = FunctionPath.below(GATEWAY_PREFIX, context.normalizedPath());
        serve(context, target.name(), target.path());
    }

    private void serve(RoutingContext context, String function, String path) {
        long arrived = System.nanoTime();
        Optional<Problem> refusal = functions.refusal(function);
        if (refusal.isPresent()) {
            bodies.skip(context);
            refuse(context, function, arrived, refusal.get().asException());
            return;
        }
        Runnable read = () -> bodies.read(context)
                .map(body -> call(context.request(), function, answers.identify(context), path, body))
                .onSuccess(call -> place(context, call))
                .onFailure(failure -> refuse(context, function, arrived, failure));
        if (bodies.hasRoom(context.request())) {
            read.run();
        } else {
            context.request().pause();
            overflow.offerUnread(context, new FunctionPath(function, path), read);
        }
    }

    private void refuse(RoutingContext context, String function, long arrived, Throwable failure) {
        String method = context.request().method().name();
        timed(context, arrived);
        answers.send(context, functions.refused(method, function, answers.identify(context), failure));
    }

    private Call call(HttpServerRequest request, String function, String id, String path, byte[] body) {
        Map<String, List<String>> query = new QueryStringDecoder(request.uri()).parameters();
        return new Call(function, id, request.method().name(), path, headers(request, id), query, body);
    }

    private HttpHeaders headers(HttpServerRequest request, String id) {
        if (mount == Mount.ROOT) {
            return HttpHeaders.of(RequestHeaders.sent(request), (name, value) -> true);
        }
        Map<String, List<String>> all = RequestHeaders.forwarded(request, Instant.now());
        all.put(CallId.HEADER, List.of(id));
        return HttpHeaders.of(all, (name, value) -> true);
    }

    private void place(RoutingContext context, Call call) {
        if (functions.load(call.function()).isFull()) {
            overflow.offer(context, call, () -> answer(context, call));
        } else {
            answer(context, call);
        }
    }

    private void answer(RoutingContext context, Call call) {
        HttpServerResponse response = context.response();
        Context loop = context.vertx().getOrCreateContext();
        long start = System.nanoTime();
        CompletableFuture<Reply> answer = functions.call(call);
        response.closeHandler(left -> answer.cancel(false));
        answer.thenAccept(reply -> loop.runOnContext(v -> {
            timed(context, start);
            answers.send(context, reply);
        }));
    }

    /** Says how long the call took, as OpenFaaS does. */
    private static void timed(RoutingContext context, long start) {
        context.response().putHeader("X-Duration-Seconds", Seconds.of(Duration.ofNanos(System.nanoTime() - start)));
    }
}
