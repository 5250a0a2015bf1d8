package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.Workflow;
import java.util.List;

/** What is called when a workflow's steps are over; whatever becomes of that, the answer stays what it is. */
final class FinalHooks {
    private final Calls calls;
    private final Report report;

    FinalHooks(Calls calls, Report report) {
        this.calls = calls;
        this.report = report;
    }

    /** Calls {@code on_failure} with the problem. */
    void failed(Workflow flow, StepFailedException failure, StepContext place) {
        flow.onFailure().ifPresent(call -> {
            StepContext inside = place.inner(flow.steps().size(), "on_failure");
            call(call, report.problem(failure), inside);
        });
    }

    /** Calls {@code finally} with the timeline. */
    void over(Workflow flow, List<String> leftOut, StepContext place) {
        flow.afterwards().ifPresent(call -> {
            StepContext inside = place.inner(
                    flow.steps().size() + flow.onFailure().map(c -> 1).orElse(0), "finally");
            call(call, report.explained(leftOut), inside);
        });
    }

    /** The call has a time of its own, since the workflow's may be over, and is made even if the caller has left. */
    private void call(FunctionCall call, Body told, StepContext place) {
        boolean stopped = Thread.interrupted();
        try {
            calls.call(call, told, place.until(Deadline.in(call.timeout())));
        } catch (StepFailedException failure) {
            // It stands in the log and in the timeline, where every failed call does.
        } catch (InterruptedException e) {
            stopped = true;
        } finally {
            if (stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
