package imagefunctions.functions.chaining;

import imagefunctions.functions.chaining.run.Outcome;
import imagefunctions.functions.chaining.run.Report;
import imagefunctions.functions.chaining.run.Runner;
import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.pictures.ImageFunction;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemJson;
import imagefunctions.runtime.Reply;
import imagefunctions.workflowruns.Failure;
import imagefunctions.workflowruns.RunState;
import java.time.Duration;
import java.util.List;

/** What is answered to a call that ran a workflow. */
final class Replies {
    private static final String LEFT_OUT = "X-Workflow-Left-Out";
    private static final String STATE = "X-Workflow-State";
    /** A paused run is resumed by a person. */
    private static final Duration PAUSED = Duration.ofSeconds(15);

    private Replies() {}

    static Reply done(Call call, Body body, List<String> leftOut, Report report) {
        Reply reply = reply(200, Parameters.explain(call) ? report.explained(leftOut) : body);
        return with(
                body.frames() > 1 ? reply.with(ImageFunction.FRAMES, Integer.toString(body.frames())) : reply,
                leftOut,
                report);
    }

    static Reply failed(Call call, Failure failure, List<String> leftOut, Report report) {
        Body problem = Parameters.explain(call) ? report.explainedProblem(failure, leftOut) : report.problem(failure);
        return with(reply(failure.status(), problem).with(Runner.STEP, failure.step()), leftOut, report);
    }

    private static Reply with(Reply reply, List<String> leftOut, Report report) {
        return withList(withList(reply, LEFT_OUT, leftOut), GatewayClient.NODE, report.gateways());
    }

    private static Reply withList(Reply reply, String header, List<String> list) {
        return list.isEmpty() ? reply : reply.with(header, String.join(", ", list));
    }

    private static Reply reply(int status, Body body) {
        return Reply.of(status, body.contentType(), body.bytes());
    }

    /** A reply that says whose run it tells of, and how far that has come. */
    static Reply of(String run, RunState state, Reply reply) {
        return reply.with(Runner.RUN, run).with(STATE, state.label());
    }

    static Reply halted(Call call, String run, Outcome.Reason reason, Duration lease) {
        return switch (reason) {
            case STOPPED -> stopped(call, run);
            case PAUSED -> paused(call, run);
            case RUN_ELSEWHERE -> elsewhere(call, run, lease);
            case CALL_USED_UP ->
                unfinished(
                        call,
                        run,
                        RunState.WAITING,
                        new Problem.Unavailable("The run " + run
                                + " has used up the time or memory of this call, and keeps what it has done: send"
                                + " the call again under the same X-Call-Id, and it goes on."),
                        Duration.ofSeconds(1));
        };
    }

    static Reply stopped(Call call, String run) {
        Problem problem = new Problem.Conflict("The run " + run + " was stopped.");
        return of(run, RunState.STOPPED, problem(call, problem));
    }

    static Reply paused(Call call, String run) {
        return unfinished(
                call,
                run,
                RunState.PAUSED,
                new Problem.Conflict("The run " + run + " is paused: ?resume-flow=" + run + " goes on with it."),
                PAUSED);
    }

    static Reply elsewhere(Call call, String run, Duration retryAfter) {
        return unfinished(
                call,
                run,
                RunState.RUNNING,
                new Problem.Conflict("The run " + run + " is under way: send the call again later for its answer."),
                retryAfter);
    }

    private static Reply unfinished(Call call, String run, RunState state, Problem problem, Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return of(run, state, problem(call, problem)).with("Retry-After", Long.toString(seconds));
    }

    private static Reply problem(Call call, Problem problem) {
        return Reply.of(problem.status(), ProblemJson.MEDIA_TYPE, ProblemJson.write(problem, call.id()));
    }
}
