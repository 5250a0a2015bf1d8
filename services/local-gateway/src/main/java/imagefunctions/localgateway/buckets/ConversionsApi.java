package imagefunctions.localgateway.buckets;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.functions.processimages.Conversions;
import imagefunctions.functions.processimages.rules.Route;
import imagefunctions.functions.processimages.rules.Rule;
import imagefunctions.functions.processimages.rules.Rules;
import imagefunctions.localgateway.PageLimit;
import imagefunctions.reasons.Reason;
import imagefunctions.runtime.JsonReply;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.HeldBytes;
import imagefunctions.runtime.http.HttpLimits;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import imagefunctions.storage.StoredObject;
import io.vertx.core.Future;
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
    /** Of each, the store is asked several times. */
    private static final int MOST_PICTURES = 100;

    private final Vertx vertx;
    private final Rules rules;
    private final Conversions conversions;
    private final ObjectStore store;
    private final HttpLimits limits;
    private final HeldBytes held;
    private final Answers answers;
    private final ObjectMapper json;

    ConversionsApi(
            Vertx vertx,
            Rules rules,
            Conversions conversions,
            ObjectStore store,
            HttpLimits limits,
            HeldBytes held,
            Answers answers,
            ObjectMapper json) {
        this.vertx = vertx;
        this.rules = rules;
        this.conversions = conversions;
        this.store = store;
        this.limits = limits;
        this.held = held;
        this.answers = answers;
        this.json = json;
    }

    void routes(@Observes Router router) {
        router.get("/system/rules/:name/pictures")
                .handler(context -> answer(context, () -> pictures(context.pathParam("name"), context.request())));
        router.get("/system/objects").handler(this::object);
    }

    private Reply pictures(String name, HttpServerRequest request) throws IOException {
        Rule rule = rules.named(name).orElseThrow(() -> new Problem.NotFound(
                        "There is no rule \"" + name + "\"; there are: " + String.join(", ", rules.names()) + ".")
                .asException());
        Route route = rule.route()
                .orElseThrow(() -> new Problem.NotFound("The rule \"" + name + "\" takes no pictures.").asException());
        String after = Optional.ofNullable(request.getParam("after")).orElse("");
        return JsonReply.of(
                json, 200, conversions.page(rule, route, after, Math.min(PageLimit.of(request), MOST_PICTURES)));
    }

    private void object(RoutingContext context) {
        answers.identify(context);
        vertx.executeBlocking(() -> look(context.request()), false)
                .compose(found -> read(context, found))
                .onSuccess(reply -> answers.send(context, reply))
                .onFailure(failure -> answers.fail(context, "objects", problem(failure)));
    }

    /** An object of a rule's bucket. */
    private record Found(String bucket, ObjectInfo info) {}

    private Found look(HttpServerRequest request) throws IOException {
        String bucket = parameter(request, "bucket");
        String key = parameter(request, "key");
        if (!rules.buckets().contains(bucket)) {
            throw new Problem.NotFound("No rule has a bucket " + bucket + "; there are: "
                            + String.join(", ", rules.buckets()) + ".")
                    .asException();
        }
        return new Found(bucket, store.stat(bucket, key).orElseThrow(() -> missing(bucket, key)));
    }

    private static ProblemException missing(String bucket, String key) {
        return new Problem.NotFound("There is no object " + key + " in the bucket " + bucket + ".").asException();
    }

    private Future<Reply> read(RoutingContext context, Found found) {
        long size = found.info().size();
        if (context.response().closed()) {
            return Future.failedFuture(new Problem.CallerLeft().asException());
        }
        if (size > limits.maxBody()) {
            return Future.failedFuture(limits.tooLarge().asException());
        }
        if (!held.take(size)) {
            return Future.failedFuture(held.noRoom().asException());
        }
        context.addEndHandler(over -> held.giveBack(size));
        return vertx.executeBlocking(() -> content(found.bucket(), found.info().name(), size), false);
    }

    private Reply content(String bucket, String key, long size) throws IOException {
        try (StoredObject object = store.get(bucket, key).orElseThrow(() -> missing(bucket, key))) {
            return Reply.of(object.info().contentType(), object.bytes(size))
                    // Whatever it claims to be, it gets to do nothing here.
                    .with("Content-Security-Policy", "default-src 'none'; sandbox");
        } catch (ObjectStoreException e) {
            throw e;
        } catch (IOException e) {
            throw new Problem.Unavailable(key + " cannot be read from the store now: " + Reason.of(e)).asException();
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
        if (!(failure instanceof ObjectStoreException e)) {
            return failure;
        }
        return (e.isTransient() ? new Problem.Unavailable(e.getMessage()) : new Problem.BadRequest(e.getMessage()))
                .asException();
    }
}
