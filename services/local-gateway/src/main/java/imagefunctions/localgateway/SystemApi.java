package imagefunctions.localgateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.localgateway.backends.Catalogue;
import imagefunctions.runtime.FunctionPath;
import imagefunctions.runtime.JsonReply;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.BrowserGuard;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The part of OpenFaaS' gateway API that lists and describes functions. */
@Singleton
final class SystemApi {
    private static final int BEFORE_FILES = -100;
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> WITHOUT_FOLDER = Set.of("/", "/ui");

    private static final List<String> KNOWN =
            List.of("/system/info", "/system/namespaces", "/system/functions", "/system/function/:name");

    private final Catalogue catalogue;
    private final Answers answers;
    private final BodyReader bodies;
    private final BrowserGuard browsers;
    private final ObjectMapper json;
    private final String release;

    SystemApi(
            Catalogue catalogue,
            Answers answers,
            BodyReader bodies,
            BrowserGuard browsers,
            ObjectMapper json,
            @ConfigProperty(name = "quarkus.application.version") String release) {
        this.catalogue = catalogue;
        this.answers = answers;
        this.bodies = bodies;
        this.browsers = browsers;
        this.json = json;
        this.release = release;
    }

    void filter(@Observes Filters filters) {
        browsers.watch(filters);
    }

    void routes(@Observes Router router) {
        reading(router, "/healthz").handler(context -> answers.send(context, Reply.text("OK\n")));
        reading(router, "/system/info").handler(context -> send(context, SystemInfo.local(release)));
        reading(router, "/system/namespaces").handler(context -> send(context, List.of(Catalogue.NAMESPACE)));
        reading(router, "/system/functions").handler(this::all);
        reading(router, "/system/function/:name").handler(this::one);
        for (String known : KNOWN) {
            router.route(known).last().handler(this::fixed);
        }
        router.route("/").handler(this::page);
        router.route("/ui/*").order(BEFORE_FILES).handler(this::page);
        router.route()
                .last()
                .handler(context -> bodies.refuse(
                        context,
                        new Problem.NotFound(
                                "Nothing is at " + context.request().path()
                                        + ": functions are at /function/NAME, and /system/functions lists them.")));
    }

    private static Route reading(Router router, String path) {
        return router.get(path).method(HttpMethod.HEAD);
    }

    private void toPage(RoutingContext context) {
        // Relative: a proxy may serve all this below a path of its own.
        answers.send(context, Reply.empty(302).with("Location", "ui/"));
    }

    private void page(RoutingContext context) {
        String method = context.request().method().name();
        if (!READING.contains(method)) {
            bodies.refuse(
                    context,
                    new Problem.MethodNotAllowed(
                            method, "GET, HEAD", "this is a page, functions are called at /function/NAME"));
            return;
        }
        if (WITHOUT_FOLDER.contains(context.normalizedPath())) {
            toPage(context);
            return;
        }
        context.response()
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; connect-src 'self'; img-src 'self' blob:; script-src 'self'; style-src 'self';"
                                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        context.next();
    }

    private void all(RoutingContext context) {
        ask(context, catalogue::all, functions -> send(context, functions));
    }

    private void one(RoutingContext context) {
        String name = FunctionPath.of(context.pathParam("name")).name();
        ask(
                context,
                () -> catalogue.one(name),
                found -> found.ifPresentOrElse(
                        function -> send(context, function),
                        () -> bodies.refuse(context, new Problem.UnknownFunction(name, catalogue.names()))));
    }

    private <T> void ask(RoutingContext context, Callable<T> question, Consumer<T> answered) {
        context.vertx()
                .executeBlocking(question, false)
                .onSuccess(answered::accept)
                .onFailure(failure -> answers.fail(context, "functions", failure));
    }

    /** The local gateway's functions are part of it: what would change them is for a cluster's gateway. */
    private void fixed(RoutingContext context) {
        bodies.refuse(
                context,
                new Problem.MethodNotAllowed(
                        context.request().method().name(),
                        "GET, HEAD",
                        "this gateway's functions are fixed, deploy others to OpenFaaS on a cluster or to faasd"));
    }

    private void send(RoutingContext context, Object value) {
        answers.identify(context);
        answers.send(context, JsonReply.of(json, 200, value));
    }
}
