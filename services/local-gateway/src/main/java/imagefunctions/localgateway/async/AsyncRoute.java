package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.EntryWriter;
import imagefunctions.asynccalls.Header;
import imagefunctions.egress.GuardedClient;
import imagefunctions.localgateway.backends.Backends;
import imagefunctions.localgateway.backends.Catalogue;
import imagefunctions.localgateway.backends.ForwardedHeaders;
import imagefunctions.runtime.FunctionPath;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.RequestHeaders;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code POST /async-function/NAME}: takes a call in and answers 202 once it is kept durably. */
@Singleton
final class AsyncRoute {
    private static final String PREFIX = "/async-function/";

    private final Vertx vertx;
    private final Catalogue catalogue;
    private final Backends backends;
    private final AsyncCalls calls;
    private final GuardedClient client;
    private final BodyReader bodies;
    private final Answers answers;

    AsyncRoute(
            Vertx vertx,
            Catalogue catalogue,
            Backends backends,
            AsyncCalls calls,
            GuardedClient client,
            BodyReader bodies,
            Answers answers) {
        this.vertx = vertx;
        this.catalogue = catalogue;
        this.backends = backends;
        this.calls = calls;
        this.client = client;
        this.bodies = bodies;
        this.answers = answers;
    }

    void routes(@Observes Router router) {
        router.post(PREFIX + "*").handler(this::accept);
        router.delete(PREFIX + ":id").handler(this::cancel);
        router.route(PREFIX + "*")
                .handler(context -> bodies.refuse(
                        context,
                        new Problem.MethodNotAllowed(
                                context.request().method().name(),
                                "POST, DELETE",
                                "POST a call, or DELETE one that waits by its call id")));
    }

    private void accept(RoutingContext context) {
        HttpServerRequest request = context.request();
        FunctionPath target = FunctionPath.below(PREFIX, context.normalizedPath());
        Optional<Problem> refusal = catalogue.refusal(target.name());
        if (refusal.isPresent()) {
            bodies.refuse(context, refusal.get());
            return;
        }
        Call call = call(context, target);
        BlockingSteps steps = new BlockingSteps(vertx);
        take(context, steps.then(() -> new EntrySink(begin(call, request), steps)));
    }

    private Call call(RoutingContext context, FunctionPath target) {
        HttpServerRequest request = context.request();
        Instant accepted = Instant.now();
        List<Header> headers = new ArrayList<>();
        RequestHeaders.forwarded(request, accepted)
                .forEach((name, values) -> values.forEach(value -> headers.add(new Header(name, value))));
        return new Call(
                answers.identify(context),
                target.name(),
                target.path(),
                Optional.ofNullable(request.query()).orElse(""),
                headers,
                accepted);
    }

    private EntryWriter begin(Call call, HttpServerRequest request) throws IOException {
        if (backends.of(call.function()).isPresent()) {
            ForwardedHeaders.hops(request.headers());
        }
        if (call.callbackUrl().isPresent()) {
            client.check(call.callbackUrl().get());
        }
        return calls.queue().accept(call, BodyReader.announced(request));
    }

    private void take(RoutingContext context, Future<EntrySink> beginning) {
        bodies.pump(context, beginning)
                .compose(whole -> beginning.result().commit())
                .onSuccess(kept -> answers.send(context, Reply.empty(202)))
                .onFailure(failure -> beginning
                        .compose(EntrySink::close)
                        .onComplete(closed -> answers.fail(context, "async", AsyncRefusal.of(failure))));
    }

    private void cancel(RoutingContext context) {
        String id = context.pathParam("id");
        new BlockingSteps(vertx)
                .then(() -> calls.queue().cancel(id))
                .onSuccess(outcome -> {
                    switch (outcome) {
                        case CANCELLED -> answers.send(context, Reply.empty(204));
                        case STARTED ->
                            bodies.refuse(
                                    context,
                                    new Problem.Conflict(
                                            "The call " + id + " is not queued any more: it cannot be cancelled."));
                        case UNKNOWN -> bodies.refuse(context, new Problem.NotFound("There is no call " + id + "."));
                    }
                })
                .onFailure(failure -> answers.fail(context, "async", AsyncRefusal.of(failure)));
    }
}
