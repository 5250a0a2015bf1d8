package imagefunctions.gatewayclient;

import java.io.IOException;

/** What a call tells about its gateway. */
enum Verdict {
    WELL,
    FAILED,
    /** It answered 502 or 503, which a function's own trouble looks like, too. */
    SUSPECT,
    /** Nothing: the call was given up, or broke off in the middle. */
    OPEN;

    static Verdict of(CallOutcome<?> outcome) {
        return switch (outcome) {
            case CallOutcome.Answered<?> answered -> answered.isSuspect() ? SUSPECT : WELL;
            case CallOutcome.Broken<?> broken ->
                broken.begun().isEmpty() && broken.failure() instanceof IOException ? FAILED : OPEN;
            case CallOutcome.TimedOut<?> t -> OPEN;
        };
    }

    /** A suspect has failed if another gateway did better with the same call. */
    Verdict beside(Verdict other) {
        if (this != SUSPECT) {
            return this;
        }
        return other == WELL ? FAILED : OPEN;
    }
}
