package imagefunctions.localgateway.buckets;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.functions.processimages.Conversions;
import imagefunctions.functions.processimages.rules.Route;
import imagefunctions.functions.processimages.rules.Rule;
import imagefunctions.functions.processimages.rules.Rules;
import imagefunctions.localgateway.PageLimit;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.HttpLimits;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import imagefunctions.storage.StoredObject;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code /system/rules/NAME/pictures}: what became of a rule's pictures; {@code /system/objects}: one object of a rule's buckets. */
@Singleton
final class ConversionsApi {
    private final Vertx vertx;
    private final Rules rules;
    private final Conversions conversions;
    private final ObjectStore store;
    private final HttpLimits limits;
    private final Answers answers;
    private final ObjectMapper json;

    ConversionsApi(
            Vertx vertx,
            Rules rules,
            Conversions conversions,
            ObjectStore store,
            HttpLimits limits,
            Answers answers,
            ObjectMapper json) {
        this.vertx = vertx;
        this.rules = rules;
        this.conversions = conversions;
        this.store = store;
        this.limits = limits;
        this.answers = answers;
        this.json = json;
    }

    void routes(@Observes Router router) {
        router.get("/system/rules/:name/pictures")
                .handler(context -> answer(context, () -> pictures(context.pathParam("name"), context.request())));
        router.get("/system/objects").handler(context -> answer(context, () -> object(context.request())));
    }

    private Reply pictures(String name, HttpServerRequest request) throws IOException {
        Rule rule = rules.named(name).orElseThrow(() -> new Problem.NotFound(
                        "There is no rule \"" + name + "\"; there are: " + String.join(", ", rules.names()) + ".")
                .asException());
        Route route = rule.route()
                .orElseThrow(() -> new Problem.NotFound("The rule \"" + name + "\" takes no pictures.").asException());
        String after = Optional.ofNullable(request.getParam("after")).orElse("");
        return Reply.of(
                "application/json",
                json.writeValueAsBytes(conversions.page(rule, route, after, PageLimit.of(request))));
    }

    private Reply object(HttpServerRequest request) throws IOException {
        String bucket = parameter(request, "bucket");
        String key = parameter(request, "key");
        if (!rules.buckets().contains(bucket)) {
            throw new Problem.NotFound("No rule has a bucket " + bucket + "; there are: "
                            + String.join(", ", rules.buckets()) + ".")
                    .asException();
        }
        Optional<StoredObject> found = store.get(bucket, key);
        if (found.isEmpty()) {
            throw new Problem.NotFound("There is no object " + key + " in the bucket " + bucket + ".").asException();
        }
        try (StoredObject object = found.get()) {
            if (object.info().size() > limits.maxBody()) {
                throw limits.tooLarge().asException();
            }
            return Reply.of(object.info().contentType(), object.content().readAllBytes())
                    // Whatever it claims to be, it gets to do nothing here.
                    .with("Content-Security-Policy", "default-src 'none'; sandbox");
        }
    }

    private static String parameter(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getParam(name))
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new Problem.BadRequest(
                                "Give the parameter \"" + name + "\": /system/objects?bucket=BUCKET&key=KEY.")
                        .asException());
    }

    private void answer(RoutingContext context, Callable<Reply> work) {
        answers.identify(context);
        vertx.executeBlocking(work, false)
                .onSuccess(reply -> answers.send(context, reply))
                .onFailure(failure -> answers.fail(context, "conversions", problem(failure)));
    }

    private static Throwable problem(Throwable failure) {
        return failure instanceof ObjectStoreException e
                ? new Problem.Unavailable(e.getMessage()).asException()
                : failure;
    }
}
