package imagefunctions.functions.chaining;

import imagefunctions.functions.chaining.run.Outcome;
import imagefunctions.functions.chaining.run.Report;
import imagefunctions.functions.chaining.run.RunId;
import imagefunctions.functions.chaining.run.Runner;
import imagefunctions.functions.chaining.run.TimeLimits;
import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.CallId;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import imagefunctions.traces.TraceContext;
import imagefunctions.workflowruns.HeldRun;
import imagefunctions.workflowruns.Kept;
import imagefunctions.workflowruns.RunEnd;
import imagefunctions.workflowruns.RunHead;
import imagefunctions.workflowruns.RunState;
import imagefunctions.workflowruns.RunStatus;
import imagefunctions.workflowruns.Runs;
import imagefunctions.workflowruns.RunsFullException;
import imagefunctions.workflowruns.Taken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Runs that outlive a call: begun by one, gone on with by its repetitions, and steered by others. */
final class DurableRuns {
    private static final Logger LOG = Logger.getLogger("imagefunctions.functions.chaining");
    private static final byte[] NOTHING = new byte[0];

    private final Runs runs;
    private final Runner runner;
    private final Supplier<Optional<Gateways>> gateways;
    private final Function<Workflow, Duration> slice;

    /**
     * The durable runs.
     *
     * @param slice the time for a workflow's steps within one call
     */
    DurableRuns(Runs runs, Runner runner, Supplier<Optional<Gateways>> gateways, Function<Workflow, Duration> slice) {
        this.runs = runs;
        this.runner = runner;
        this.gateways = gateways;
        this.slice = slice;
    }

    /**
     * Begins the run of this call, or goes on with it if this is a repetition; one that has ended answers again, but for a
     * call under another id, which begins it from the start.
     */
    Reply run(Workflow workflow, Call call) throws InterruptedException {
        RunHead head = new RunHead(
                RunId.of(call),
                workflow.name(),
                workflow.files(),
                Instant.now(),
                Parameters.ofTheWorkflow(call),
                call.headers().map());
        return kept(() -> reply(call, head.id(), taken(call, head)));
    }

    private Taken taken(Call call, RunHead head) throws IOException {
        Runs traced = traced(call);
        Taken taken = traced.take(head, call.body());
        if (taken instanceof Taken.Ended(Kept<RunHead> begun, var _) && !isOf(call, begun.head())) {
            traced.delete(head.id());
            return traced.take(head, call.body());
        }
        return taken;
    }

    /** What this call has kept, it keeps as part of its trace. */
    private Runs traced(Call call) {
        return runs.within(TraceContext.of(call::header));
    }

    private static boolean isOf(Call call, RunHead begun) {
        return HttpHeaders.of(begun.headers(), (name, value) -> true)
                .firstValue(CallId.HEADER)
                .map(call.id()::equals)
                .orElse(true);
    }

    /** Answers the steering of a run, if the call asks for it. */
    Optional<Reply> steered(Call call) throws InterruptedException {
        Optional<Steering> steering = Steering.of(call);
        return steering.isEmpty() ? Optional.empty() : Optional.of(kept(() -> steered(call, steering.get())));
    }

    private Reply steered(Call call, Steering steering) throws IOException, InterruptedException {
        String id = steering.run();
        Runs traced = traced(call);
        return switch (steering.command()) {
            case STATE -> status(id);
            case PAUSE -> {
                traced.pause(id);
                yield status(id);
            }
            case STOP -> {
                traced.stop(id);
                // Nobody may be running it: then it comes to its end here.
                reply(call, id, traced.goOn(id).orElseThrow(() -> unknown(id)));
                yield status(id);
            }
            case RESUME -> reply(call, id, traced.resume(id, call.id()).orElseThrow(() -> unknown(id)));
            case RETRY -> reply(call, id, traced.retry(id, call.id()).orElseThrow(() -> unknown(id)));
        };
    }

    private Reply status(String id) throws IOException {
        RunStatus status = runs.status(id).orElseThrow(() -> unknown(id));
        return Replies.of(id, status.state(), Reply.of("application/json", status.json()));
    }

    private static RuntimeException unknown(String id) {
        return new Problem.NotFound("There is no run " + id + ", or it has made room for others.").asException();
    }

    private interface Access {
        Reply answer() throws IOException, InterruptedException;
    }

    /** What is kept cannot be read or written for now: the call can be sent again. */
    private static Reply kept(Access access) throws InterruptedException {
        try {
            return access.answer();
        } catch (RunsFullException e) {
            throw new Problem.Unavailable(e.getMessage()).asException();
        } catch (IOException | UncheckedIOException e) {
            throw unavailable(e);
        }
    }

    private static RuntimeException unavailable(Exception e) {
        LOG.error("The store of durable runs fails", e);
        return new Problem.Unavailable(
                        "The store of durable runs does not do what it should (IMAGE_FUNCTIONS_RUNS_FOLDER"
                                + " or IMAGE_FUNCTIONS_RUNS_BUCKET): " + e.getMessage())
                .asException();
    }

    private Reply reply(Call call, String id, Taken taken) throws IOException, InterruptedException {
        return switch (taken) {
            case Taken.Ended(var _, Kept<RunEnd> end) -> ended(call, id, end, report(call, id, end.head()));
            case Taken.Elsewhere(Duration retryAfter) -> Replies.elsewhere(call, id, retryAfter);
            case Taken.Paused p -> Replies.paused(call, id);
            case Taken.Another(String workflow) ->
                throw new Problem.Conflict("The id " + id + " belongs to a run of the workflow \"" + workflow
                                + "\" on another request: send this call under an X-Call-Id of its own.")
                        .asException();
            case Taken.Held(HeldRun run) -> {
                try (run) {
                    yield run(call, run);
                }
            }
        };
    }

    private Reply run(Call call, HeldRun run) throws IOException, InterruptedException {
        RunHead head = run.head();
        Workflow workflow = KeptWorkflow.of(head, gateways.get());
        Call request = new Call(
                call.function(),
                head.id(),
                "POST",
                "",
                HttpHeaders.of(head.headers(), (name, value) -> true),
                head.query(),
                run.body());
        Duration left = workflow.timeout().minus(run.used());
        Outcome outcome = runner.run(
                workflow,
                gateways.get(),
                request,
                new TimeLimits(head.started(), left.isNegative() ? Duration.ZERO : left, slice.apply(workflow)),
                Hops.of(request),
                Optional.of(run));
        Optional<Kept<RunEnd>> end = end(run, outcome);
        return end.isPresent()
                ? ended(call, head.id(), end.get(), outcome.report())
                : Replies.halted(call, head.id(), ((Outcome.Halted) outcome).reason(), runs.lease());
    }

    private static Optional<Kept<RunEnd>> end(HeldRun run, Outcome outcome) throws IOException {
        return switch (outcome) {
            case Outcome.Done(Body body, List<String> leftOut, var _) ->
                Optional.of(run.end(
                        new RunEnd(RunState.SUCCEEDED, Instant.now(), body.contentType(), body.frames(), leftOut, null),
                        body.bytes()));
            case Outcome.Failed(var failed, List<String> leftOut, var _) ->
                Optional.of(
                        run.end(new RunEnd(RunState.FAILED, Instant.now(), "", 1, leftOut, failed.failure()), NOTHING));
            case Outcome.Halted(Outcome.Reason reason, List<String> leftOut, var _) ->
                reason == Outcome.Reason.STOPPED
                        ? Optional.of(
                                run.end(new RunEnd(RunState.STOPPED, Instant.now(), "", 1, leftOut, null), NOTHING))
                        : Optional.empty();
        };
    }

    private Report report(Call call, String id, RunEnd end) throws IOException {
        return Report.kept(runs.status(id).orElseThrow(() -> unknown(id)), end, call.id());
    }

    private static Reply ended(Call call, String id, Kept<RunEnd> kept, Report report) {
        RunEnd end = kept.head();
        return switch (end.state()) {
            case SUCCEEDED ->
                Replies.of(
                        id,
                        RunState.SUCCEEDED,
                        Replies.done(
                                call, new Body(end.contentType(), kept.body(), end.frames()), end.leftOut(), report));
            case FAILED ->
                Replies.of(
                        id,
                        RunState.FAILED,
                        Replies.failed(call, Objects.requireNonNull(end.failure()), end.leftOut(), report));
            default -> Replies.stopped(call, id);
        };
    }
}
