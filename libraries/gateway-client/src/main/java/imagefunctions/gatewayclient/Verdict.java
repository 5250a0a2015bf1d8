package imagefunctions.gatewayclient;

import java.io.IOException;

/** What a call says about its gateway. */
enum Verdict {
    SUCCESS,
    FAILURE,
    /** It answered 502 or 503, as a gateway in front of a failing function does, too. */
    SUSPECT,
    /** Nothing: the call was given up, or broke off in the middle. */
    NONE;

    static Verdict of(CallOutcome<?> outcome) {
        return switch (outcome) {
            case CallOutcome.Answered<?> answered -> answered.isSuspect() ? SUSPECT : SUCCESS;
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
