package imagefunctions.functions.chaining.run;

import imagefunctions.workflowruns.Failure;

/** A step failure that ends its workflow; the caller gets all the details, so it has no stack trace. */
public final class StepFailedException extends Exception {
    private static final String NO_MEMORY = "running workflows have used up the memory set aside for bodies: try again"
            + " later, or raise IMAGE_FUNCTIONS_MAX_HELD.";

    private final transient Failure failure;

    public StepFailedException(Failure failure) {
        super(failure.detail(), null, false, false);
        this.failure = failure;
    }

    static StepFailedException of(StepContext context, String function, Answer answer) {
        String who = "The step \"" + context.path() + "\" (function " + function + ") ";
        return switch (answer) {
            case Answer.Refused(int status, String text, var _, var _) ->
                failed(
                        context,
                        status == 504 ? 504 : 502,
                        status,
                        text,
                        who + "answered " + status + ": see stepText, and the function's log for this call id.");
            case Answer.TimedOut(var after) ->
                failed(
                        context,
                        504,
                        0,
                        "",
                        who + "did not answer within " + after.toMillis()
                                + " ms: give the step or the workflow more time, or send a smaller body.");
            case Answer.Unreachable(String reason) ->
                failed(
                        context,
                        502,
                        0,
                        reason,
                        who + "cannot be reached at " + context.gateways()
                                + ": check gateway_url, and that the function is deployed.");
            case Answer.Unusable(int status, String reason) ->
                failed(context, 502, status, reason, who + "answered " + status + ", but " + reason + ".");
            case Answer.MemoryExhausted(int status) ->
                failed(context, 503, status, "", who + "answered, but " + NO_MEMORY);
            case Answer.InvalidRequest(String reason) ->
                failed(
                        context,
                        502,
                        0,
                        reason,
                        who + "could not be called: " + reason + "; check its query and headers.");
            case Answer.Done d -> throw new IllegalArgumentException("a 2xx is not a failure");
        };
    }

    static StepFailedException because(StepContext context, String what) {
        return failed(context, 502, 0, "", "The step \"" + context.path() + "\" " + what);
    }

    /** The body of the caller is not what the step needs. */
    static StepFailedException unprocessable(StepContext context, String what) {
        return failed(context, 422, 0, "", "The step \"" + context.path() + "\" " + what);
    }

    static StepFailedException noMemory(StepContext context, String what) {
        return failed(context, 503, 0, "", "The step \"" + context.path() + "\" " + what + " " + NO_MEMORY);
    }

    private static StepFailedException failed(
            StepContext context, int status, int stepStatus, String stepText, String detail) {
        return new StepFailedException(new Failure(
                context.index(), context.path(), status, stepStatus, stepText, detail, !context.optional()));
    }

    /** What failed, and what to do next. */
    public Failure failure() {
        return failure;
    }
}
