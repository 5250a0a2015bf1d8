package imagefunctions.receiver;

import imagefunctions.runtime.Problem;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.BrowserGuard;
import imagefunctions.runtime.http.Drain;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** {@code GET /}, the page that shows messages as they arrive, and what a container platform asks for. */
@Singleton
final class PageRoutes {
    private final BodyReader bodies;
    private final BrowserGuard browsers;
    private final Drain drain;
    private final Buffer page;

    PageRoutes(BodyReader bodies, BrowserGuard browsers, Drain drain) throws IOException {
        this.bodies = bodies;
        this.browsers = browsers;
        this.drain = drain;
        try (InputStream in = Objects.requireNonNull(PageRoutes.class.getResourceAsStream("/page.html"))) {
            this.page = Buffer.buffer(in.readAllBytes());
        }
    }

    void filter(@Observes Filters filters) {
        browsers.watch(filters);
    }

    void routes(@Observes Router router) {
        router.get("/").method(HttpMethod.HEAD).handler(this::page);
        router.get("/_/health").method(HttpMethod.HEAD).handler(context -> context.end("OK\n"));
        router.get("/_/ready").method(HttpMethod.HEAD).handler(this::ready);
        router.route()
                .last()
                .handler(context -> bodies.refuse(
                        context,
                        new Problem.NotFound("There is nothing here: POST to /messages/<filename>, or look at /.")));
    }

    private void page(RoutingContext context) {
        context.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Cache-Control", "no-cache")
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; connect-src 'self'; img-src 'self' data:; style-src 'unsafe-inline';"
                                + " script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .end(page);
    }

    private void ready(RoutingContext context) {
        context.response().setStatusCode(drain.draining() ? 503 : 200).end(drain.draining() ? "draining\n" : "OK\n");
    }
}
