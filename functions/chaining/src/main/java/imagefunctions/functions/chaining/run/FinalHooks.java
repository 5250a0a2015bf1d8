package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.Workflow;
import java.util.List;

/** Calls a workflow's final hooks, {@code on_failure} and {@code finally}; their outcome never changes the response. */
final class FinalHooks {
    private final Calls calls;
    private final Report report;

    FinalHooks(Calls calls, Report report) {
        this.calls = calls;
        this.report = report;
    }

    /** Calls {@code on_failure} with the problem. */
    void onFailure(Workflow workflow, StepFailedException failure, StepContext context) {
        workflow.onFailure().ifPresent(call -> {
            StepContext hook = context.child(workflow.onFailureNumber(), "on_failure");
            call(call, report.problem(failure.failure()), hook);
        });
    }

    /** Calls {@code finally} with the timeline. */
    void onCompletion(Workflow workflow, List<String> leftOut, StepContext context) {
        workflow.onCompletion().ifPresent(call -> {
            StepContext hook = context.child(workflow.onCompletionNumber(), "finally");
            call(call, report.explained(leftOut), hook);
        });
    }

    /** The call has its own timeout, since the workflow's may have expired, and is made even if the caller has gone. */
    private void call(FunctionCall call, Body body, StepContext context) {
        boolean interrupted = Thread.interrupted();
        try {
            calls.hook(call, body, context.asOptional().withDeadline(Deadline.in(call.timeout())));
        } catch (StepFailedException failure) {
            // It is in the log and the timeline, like every failed call.
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
