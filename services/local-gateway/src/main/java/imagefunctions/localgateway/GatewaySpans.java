package imagefunctions.localgateway;

import imagefunctions.runtime.FunctionPath;
import imagefunctions.traces.Span;
import imagefunctions.traces.TraceContext;
import imagefunctions.traces.Traces;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** A span for each call that comes to the gateway; what happens within it finds its context in the request's headers. */
@Singleton
final class GatewaySpans {
    /** Behind the guard against pages of other sites. */
    private static final int AFTER_THE_GUARD = 900;

    private static final List<String> CALLS = List.of("/function/", "/async-function/");

    private final Traces traces;

    GatewaySpans(Traces traces) {
        this.traces = traces;
    }

    void filter(@Observes Filters filters) {
        filters.register(this::follow, AFTER_THE_GUARD);
    }

    private void follow(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = context.normalizedPath();
        Optional<String> start = CALLS.stream().filter(path::startsWith).findFirst();
        if (start.isPresent()) {
            String function =
                    FunctionPath.of(path.substring(start.get().length())).name();
            MultiMap headers = request.headers();
            Span span = traces.begin(
                            Traces.Kind.SERVER,
                            request.method() + " " + start.get() + function,
                            TraceContext.of(name -> Optional.ofNullable(headers.get(name))))
                    .with("http.request.method", request.method().name())
                    .with("url.path", path);
            headers.remove(TraceContext.STATE);
            span.context().headers().forEach(headers::set);
            context.addEndHandler(ended -> {
                if (ended.failed()) {
                    span.failed("the caller left");
                }
                span.answered(context.response().getStatusCode());
                span.close();
            });
        }
        context.next();
    }
}
