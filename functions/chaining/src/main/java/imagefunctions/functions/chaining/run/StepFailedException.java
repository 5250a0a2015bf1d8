package imagefunctions.functions.chaining.run;

/** A step failure that ends its workflow; the caller gets all the details, so it has no stack trace. */
public final class StepFailedException extends Exception {
    private final String step;
    private final int status;
    private final int stepStatus;
    private final String stepText;

    /**
     * A failure.
     *
     * @param step the step's path: {@code sizes[100]/thumbnail}
     * @param status the workflow's response status: 502, 503 or 504
     * @param stepStatus the step's response status, 0 if there was none
     * @param stepText the text of the step's response
     * @param detail what happened and what to do next
     */
    StepFailedException(String step, int status, int stepStatus, String stepText, String detail) {
        super(detail, null, false, false);
        this.step = step;
        this.status = status;
        this.stepStatus = stepStatus;
        this.stepText = stepText;
    }

    static StepFailedException of(StepContext context, String function, Answer answer) {
        String who = "The step \"" + context.path() + "\" (function " + function + ") ";
        return switch (answer) {
            case Answer.Refused(int status, String text, var _, var _) ->
                new StepFailedException(
                        context.path(),
                        status == 504 ? 504 : 502,
                        status,
                        text,
                        who + "answered " + status + ": see stepText, and the function's log for this call id.");
            case Answer.TimedOut(var after) ->
                new StepFailedException(
                        context.path(),
                        504,
                        0,
                        "",
                        who + "did not answer within " + after.toMillis()
                                + " ms: give the step or the workflow more time, or send a smaller body.");
            case Answer.Unreachable(String reason) ->
                new StepFailedException(
                        context.path(),
                        502,
                        0,
                        reason,
                        who + "cannot be reached at " + context.gateways()
                                + ": check gateway_url, and that the function is deployed.");
            case Answer.Unusable(int status, String reason) ->
                new StepFailedException(
                        context.path(), 502, status, reason, who + "answered " + status + ", but " + reason + ".");
            case Answer.MemoryExhausted(int status) ->
                new StepFailedException(
                        context.path(),
                        503,
                        status,
                        "",
                        who + "answered, but running workflows have used up the memory set aside for bodies:"
                                + " try again later, or raise IMAGE_FUNCTIONS_MAX_HELD.");
            case Answer.InvalidRequest(String reason) ->
                new StepFailedException(
                        context.path(),
                        502,
                        0,
                        reason,
                        who + "could not be called: " + reason + "; check its query and headers.");
            case Answer.Done d -> throw new IllegalArgumentException("a 2xx is not a failure");
        };
    }

    static StepFailedException because(StepContext context, String what) {
        return new StepFailedException(context.path(), 502, 0, "", "The step \"" + context.path() + "\" " + what);
    }

    public String step() {
        return step;
    }

    public int status() {
        return status;
    }

    public int stepStatus() {
        return stepStatus;
    }

    public String stepText() {
        return stepText;
    }

    /** What happened and what to do next. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
