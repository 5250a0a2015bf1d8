package imagefunctions.localgateway.async;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.asynccalls.CallFilter;
import imagefunctions.asynccalls.CallPage;
import imagefunctions.asynccalls.CallState;
import imagefunctions.asynccalls.Phase;
import imagefunctions.localgateway.PageLimit;
import imagefunctions.runtime.JsonReply;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code /system/async}: the state of asynchronous calls, and requeueing those that were given up. */
@Singleton
final class AsyncApi {
    private static final Pattern STATUS = Pattern.compile("[1-5](xx|[0-9]{2})");

    private final Vertx vertx;
    private final AsyncCalls calls;
    private final Answers answers;
    private final BodyReader bodies;
    private final ObjectMapper json;

    AsyncApi(Vertx vertx, AsyncCalls calls, Answers answers, BodyReader bodies, ObjectMapper json) {
        this.vertx = vertx;
        this.calls = calls;
        this.answers = answers;
        this.bodies = bodies;
        this.json = json;
    }

    void routes(@Observes Router router) {
        router.get("/system/async").handler(context -> answer(context, () -> list(context.request())));
        router.get("/system/async/:id").handler(context -> answer(context, () -> one(context.pathParam("id"))));
        router.post("/system/async/:id/requeue")
                .handler(context -> answer(context, () -> requeue(context.pathParam("id"))));
        router.route("/system/async/:id/requeue").handler(context -> notAllowed(context, "POST"));
        router.route("/system/async*").handler(context -> notAllowed(context, "GET"));
    }

    private void notAllowed(RoutingContext context, String allowed) {
        bodies.refuse(
                context,
                new Problem.MethodNotAllowed(
                        context.request().method().name(),
                        allowed,
                        "GET /system/async/CALL-ID describes a call, POST /system/async/CALL-ID/requeue tries it again"));
    }

    /**
     * A page of calls.
     *
     * @param next what to give as {@code after} for the following page, if there is one
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Page(List<AsyncCall> calls, Optional<String> next) {}

    private Reply list(HttpServerRequest request) throws IOException {
        CallPage page = calls.queue()
                .list(
                        new CallFilter(
                                phase(request.getParam("state")), statuses(request.getParam("functionStatus", ""))),
                        Optional.ofNullable(request.getParam("after")).orElse(""),
                        PageLimit.of(request));
        return reply(new Page(page.calls().stream().map(AsyncCall::of).toList(), page.next()));
    }

    private static Optional<Phase> phase(@Nullable String state) {
        if (state == null) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Phase.values())
                .filter(phase -> name(phase).equals(state))
                .findFirst()
                .orElseThrow(() -> new Problem.BadRequest("state=" + state + " is not allowed: give one of "
                                + Arrays.stream(Phase.values())
                                        .map(AsyncApi::name)
                                        .collect(Collectors.joining(", ")) + ".")
                        .asException()));
    }

    /** Reads {@code 415}, {@code 5xx}, or several of them separated by commas. */
    private static Set<Integer> statuses(String text) {
        Set<Integer> statuses = new TreeSet<>();
        for (String status : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            if (!STATUS.matcher(status).matches()) {
                throw new Problem.BadRequest("functionStatus=" + text
                                + " is not allowed: give a status such as 415, all of a kind as 5xx, or several,"
                                + " separated by commas.")
                        .asException();
            }
            int first = Integer.parseInt(status.replace("xx", "00"));
            int last = Integer.parseInt(status.replace("xx", "99"));
            IntStream.rangeClosed(first, last).forEach(statuses::add);
        }
        return statuses;
    }

    static String name(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    private Reply one(String id) throws IOException {
        CallState state = calls.queue().state(id).orElseThrow(() -> unknown(id));
        return reply(AsyncCall.of(state));
    }

    private Reply requeue(String id) throws IOException {
        return switch (calls.queue().requeue(id)) {
            case REQUEUED -> Reply.empty(202);
            case NOT_DEAD ->
                throw new Problem.Conflict("The call " + id + " was not given up: there is nothing to requeue.")
                        .asException();
            case EXPIRED ->
                throw new Problem.Conflict("The call " + id + " has expired: send it again, with a later X-Expires.")
                        .asException();
            case UNKNOWN -> throw unknown(id);
        };
    }

    private static ProblemException unknown(String id) {
        return new Problem.NotFound("There is no call " + id + ", or it was delivered too long ago.").asException();
    }

    private Reply reply(Object value) {
        return JsonReply.of(json, 200, value);
    }

    private void answer(RoutingContext context, Callable<Reply> work) {
        answers.identify(context);
        vertx.executeBlocking(work, false)
                .onSuccess(reply -> answers.send(context, reply))
                .onFailure(failure -> answers.fail(context, "async", AsyncRefusal.of(failure)));
    }
}
