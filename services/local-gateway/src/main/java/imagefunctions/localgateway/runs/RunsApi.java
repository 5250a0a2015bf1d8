package imagefunctions.localgateway.runs;

import imagefunctions.functions.chaining.Chaining;
import imagefunctions.functions.chaining.KeptWorkflow;
import imagefunctions.functions.chaining.graph.Graph;
import imagefunctions.gateways.GatewaySettings;
import imagefunctions.localgateway.PageLimit;
import imagefunctions.localgateway.async.AsyncRefusal;
import imagefunctions.localgateway.async.AsyncSubmission;
import imagefunctions.runtime.CallId;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.workflowruns.Kept;
import imagefunctions.workflowruns.RunHead;
import imagefunctions.workflowruns.RunState;
import imagefunctions.workflowruns.RunStatus;
import imagefunctions.workflowruns.Runs;
import imagefunctions.workflowruns.StepHead;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /system/runs}: the durable runs of workflows, and steering them. */
@Singleton
final class RunsApi {
    private static final String RUNS = "/system/runs";
    private static final String RUN = RUNS + "/:id";
    private static final byte[] NOTHING = new byte[0];

    private final Vertx vertx;
    private final Runs runs;
    private final GatewaySettings gateways;
    private final AsyncSubmission calls;
    private final Answers answers;
    private final BodyReader bodies;

    RunsApi(
            Vertx vertx,
            Runs runs,
            GatewaySettings gateways,
            AsyncSubmission calls,
            Answers answers,
            BodyReader bodies) {
        this.vertx = vertx;
        this.runs = runs;
        this.gateways = gateways;
        this.calls = calls;
        this.answers = answers;
        this.bodies = bodies;
    }

    void routes(@Observes Router router) {
        router.get(RUNS).handler(context -> answer(context, () -> list(context.request())));
        router.get(RUN).handler(context -> answer(context, () -> status(id(context))));
        router.delete(RUN).handler(context -> answer(context, () -> delete(id(context))));
        router.get(RUN + "/graph").handler(context -> answer(context, () -> graph(id(context))));
        router.get(RUN + "/steps/:key")
                .handler(context -> answer(context, () -> step(id(context), context.pathParam("key"))));
        for (String command : List.of("pause", "resume", "stop", "retry")) {
            router.post(RUN + "/" + command).handler(context -> answer(context, () -> steer(id(context), command)));
            router.route(RUN + "/" + command).handler(context -> notAllowed(context, "POST"));
        }
        router.route(RUN + "/graph").handler(context -> notAllowed(context, "GET"));
        router.route(RUN + "/steps/:key").handler(context -> notAllowed(context, "GET"));
        router.route(RUN).handler(context -> notAllowed(context, "GET, DELETE"));
        router.route(RUNS).handler(context -> notAllowed(context, "GET"));
    }

    private void notAllowed(RoutingContext context, String allowed) {
        bodies.refuse(
                context,
                new Problem.MethodNotAllowed(
                        context.request().method().name(),
                        allowed,
                        "GET /system/runs/RUN describes a run, POST /system/runs/RUN/pause, resume, stop or retry steers"
                                + " it"));
    }

    private static String id(RoutingContext context) {
        String id = context.pathParam("id");
        if (!CallId.isUsable(id)) {
            throw unknown(id);
        }
        return id;
    }

    private static ProblemException unknown(String id) {
        return new Problem.NotFound("There is no run " + id + ", or it has made room for others.").asException();
    }

    private Reply list(HttpServerRequest request) throws IOException {
        return json(runs.list(
                        state(request.getParam("state")),
                        Optional.ofNullable(request.getParam("workflow")),
                        Optional.ofNullable(request.getParam("after")).orElse(""),
                        PageLimit.of(request))
                .json());
    }

    private static Optional<RunState> state(@Nullable String label) {
        if (label == null) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(RunState.values())
                .filter(state -> state.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new Problem.BadRequest("state=" + label + " is not allowed: give one of "
                                + Arrays.stream(RunState.values())
                                        .map(RunState::label)
                                        .collect(Collectors.joining(", "))
                                + ".")
                        .asException()));
    }

    private Reply status(String id) throws IOException {
        return json(known(id).json());
    }

    private RunStatus known(String id) throws IOException {
        return runs.status(id).orElseThrow(() -> unknown(id));
    }

    private Reply graph(String id) throws IOException {
        RunHead head = runs.head(id).orElseThrow(() -> unknown(id));
        return json(Graph.of(KeptWorkflow.of(head, gateways.gateways().get())).json());
    }

    private Reply step(String id, String key) throws IOException {
        if (!key.matches("[a-z0-9.-]{1,128}")) {
            throw noStep(id, key);
        }
        Kept<StepHead> step = runs.step(id, key).orElseThrow(() -> noStep(id, key));
        return step.head().failure() == null
                ? Reply.of(step.head().contentType(), step.body())
                : json(known(id).json());
    }

    private static ProblemException noStep(String id, String key) {
        return new Problem.NotFound("The run " + id + " has kept no step " + key + ": GET /system/runs/" + id
                        + " has the key of each.")
                .asException();
    }

    /** A pause takes effect by itself; for all else the run has to be gone on with, which is left to the queue. */
    private Reply steer(String id, String command) throws IOException {
        requireSteerable(id, known(id).state(), command);
        switch (command) {
            case "pause" -> runs.pause(id);
            case "stop" -> runs.stop(id);
            default -> {}
        }
        Reply reply = Reply.empty(202);
        return command.equals("pause") ? reply : reply.with(CallId.HEADER, goOn(id, command));
    }

    private static void requireSteerable(String id, RunState state, String command) {
        if (command.equals("retry") && state != RunState.FAILED) {
            throw new Problem.Conflict(
                            "The run " + id + " is " + state.label() + ": only one that has failed is tried again.")
                    .asException();
        }
        if (!command.equals("retry") && state.hasEnded()) {
            throw new Problem.Conflict("The run " + id + " has " + state.label()
                            + (state == RunState.FAILED
                                    ? ": POST /system/runs/" + id + "/retry tries it again."
                                    : ": it cannot be steered any more."))
                    .asException();
        }
    }

    private String goOn(String id, String command) throws IOException {
        return calls.submit(Chaining.NAME, command + "-flow=" + id, List.of(), NOTHING);
    }

    private Reply delete(String id) throws IOException {
        return switch (runs.delete(id)) {
            case DELETED -> Reply.empty(204);
            case RUNNING -> throw new Problem.Conflict("The run " + id + " is running: stop it first.").asException();
            case UNKNOWN -> throw unknown(id);
        };
    }

    private static Reply json(byte[] json) {
        return Reply.of("application/json", json);
    }

    private void answer(RoutingContext context, Callable<Reply> work) {
        answers.identify(context);
        vertx.executeBlocking(work, false)
                .onSuccess(reply -> answers.send(context, reply))
                .onFailure(failure -> answers.fail(context, "runs", AsyncRefusal.of(failure)));
    }
}
