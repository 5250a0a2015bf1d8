package imagefunctions.localgateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.runtime.FunctionPath;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.funqy.Functions;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.BrowserGuard;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The part of OpenFaaS' gateway API that lists and describes functions. */
@Singleton
final class SystemApi {
    private static final String NAMESPACE = "openfaas-fn";
    private static final int BEFORE_FILES = -100;

    private static final List<String> KNOWN =
            List.of("/system/info", "/system/namespaces", "/system/functions", "/system/function/:name");

    private final Functions functions;
    private final Answers answers;
    private final BodyReader bodies;
    private final BrowserGuard browsers;
    private final ObjectMapper json;
    private final String release;
    private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    SystemApi(
            Functions functions,
            Answers answers,
            BodyReader bodies,
            BrowserGuard browsers,
            ObjectMapper json,
            @ConfigProperty(name = "quarkus.application.version") String release) {
        this.functions = functions;
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
        router.get("/healthz").handler(context -> answers.send(context, Reply.text("OK\n")));
        router.get("/system/info").handler(context -> send(context, SystemInfo.local(release)));
        router.get("/system/namespaces").handler(context -> send(context, List.of(NAMESPACE)));
        router.get("/system/functions").handler(context -> send(context, all()));
        router.get("/system/function/:name").handler(this::one);
        for (String known : KNOWN) {
            router.route(known).last().handler(this::fixed);
        }
        router.route("/").handler(this::toPage);
        router.route("/ui*").order(BEFORE_FILES).handler(this::page);
        router.route()
                .last()
                .handler(context -> bodies.refuse(
                        context,
                        new Problem.NotFound(
                                "Nothing is at " + context.request().path()
                                        + ": functions are at /function/NAME, and /system/functions lists them.")));
    }

    private void toPage(RoutingContext context) {
        answers.send(context, Reply.empty(302).with("Location", "/ui/"));
    }

    private void page(RoutingContext context) {
        if (context.request().path().equals("/ui")) {
            toPage(context);
            return;
        }
        context.response()
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; connect-src 'self'; img-src 'self' blob: data:; style-src 'unsafe-inline';"
                                + " script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        context.next();
    }

    private List<FunctionStatus> all() {
        return functions.names().stream().map(this::status).toList();
    }

    private void one(RoutingContext context) {
        String name = FunctionPath.of(context.pathParam("name")).name();
        if (functions.names().contains(name)) {
            send(context, status(name));
        } else {
            bodies.refuse(context, new Problem.UnknownFunction(name, functions.names()));
        }
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

    private FunctionStatus status(String name) {
        return new FunctionStatus(
                name, "image-functions/" + name + ":" + release, NAMESPACE, functions.answered(name), 1, 1, started);
    }

    private void send(RoutingContext context, Object value) {
        try {
            answers.identify(context);
            answers.send(context, Reply.of("application/json", json.writeValueAsBytes(value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers are always JSON", e);
        }
    }
}
