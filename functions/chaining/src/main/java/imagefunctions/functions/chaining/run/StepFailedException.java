package imagefunctions.functions.chaining.run;

/** A step that ends its workflow; the caller is told all of it, so it has no stack. */
public final class StepFailedException extends Exception {
    private final String step;
    private final int status;
    private final int stepStatus;
    private final String stepText;

    /**
     * A failure.
     *
     * @param step where the step is, {@code sizes[100]/thumbnail}
     * @param status what the workflow answers: 502, 503 or 504
     * @param stepStatus what the step answered, 0 if nothing
     * @param stepText what the step said
     * @param detail what happened and what to do next
     */
    StepFailedException(String step, int status, int stepStatus, String stepText, String detail) {
        super(detail, null, false, false);
        this.step = step;
        this.status = status;
        this.stepStatus = stepStatus;
        this.stepText = stepText;
    }

    static StepFailedException of(StepContext place, String function, Answer answer) {
        String who = "The step \"" + place.path() + "\" (function " + function + ") ";
        return switch (answer) {
            case Answer.Refused(int status, String text, var _, var _) ->
                new StepFailedException(
                        place.path(),
                        status == 504 ? 504 : 502,
                        status,
                        text,
                        who + "answered " + status + ": see what it said, and its log under this call id.");
            case Answer.TimedOut(var after) ->
                new StepFailedException(
                        place.path(),
                        504,
                        0,
                        "",
                        who + "did not answer within " + after.toMillis()
                                + " ms: give the step or the workflow more time, or send a smaller body.");
            case Answer.Unreachable(String reason) ->
                new StepFailedException(
                        place.path(),
                        502,
                        0,
                        reason,
                        who + "cannot be reached at " + place.gateways()
                                + ": check gateway_url, and that the function is deployed.");
            case Answer.Unusable(int status, String reason) ->
                new StepFailedException(
                        place.path(), 502, status, reason, who + "answered " + status + ", but " + reason + ".");
            case Answer.NoRoom(int status) ->
                new StepFailedException(
                        place.path(),
                        503,
                        status,
                        "",
                        who + "answered, but the bodies of the workflows at work fill the memory set aside for them:"
                                + " send the call again, or raise IMAGE_FUNCTIONS_MAX_HELD.");
            case Answer.NotSent(String reason) ->
                new StepFailedException(
                        place.path(), 502, 0, reason, who + "could not be called: " + reason + "; change its values.");
            case Answer.Done d -> throw new IllegalArgumentException("a 2xx is no failure");
        };
    }

    static StepFailedException because(StepContext place, String what) {
        return new StepFailedException(place.path(), 502, 0, "", "The step \"" + place.path() + "\" " + what);
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
