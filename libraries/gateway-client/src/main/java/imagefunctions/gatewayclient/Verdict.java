package imagefunctions.gatewayclient;

import imagefunctions.retry.TransientStatus;
import java.io.IOException;
import java.util.Optional;

/** What a call says about its gateway. */
public enum Verdict {
    SUCCESS,
    FAILURE,
    /** It answered 502 or 503, as a gateway in front of a failing function does, too. */
    SUSPECT,
    /** Nothing: the call was given up, or broke off in the middle. */
    NONE;

    /**
     * What an answer says.
     *
     * @param workflowStep its header {@link TransientStatus#WORKFLOW_STEP}
     */
    public static Verdict of(int status, Optional<String> workflowStep) {
        return CallOutcome.SUSPECT.contains(status) && workflowStep.isEmpty() ? SUSPECT : SUCCESS;
    }

    static Verdict of(CallOutcome<?> outcome) {
        return switch (outcome) {
            case CallOutcome.Answered<?> answered -> of(answered.response().statusCode(), answered.workflowStep());
            case CallOutcome.Broken<?> broken ->
                broken.begun().isEmpty() && broken.failure() instanceof IOException ? FAILURE : NONE;
            case CallOutcome.TimedOut<?> t -> NONE;
        };
    }

    /** A suspect has failed if another gateway succeeded with the same call. */
    Verdict comparedWith(Verdict other) {
        if (this != SUSPECT) {
            return this;
        }
        return other == SUCCESS ? FAILURE : NONE;
    }
}
