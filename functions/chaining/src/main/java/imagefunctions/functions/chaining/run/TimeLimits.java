package imagefunctions.functions.chaining.run;

import java.time.Duration;
import java.time.Instant;

/**
 * The time that a run has.
 *
 * @param started when it began, in another process perhaps
 * @param left for its steps together
 * @param slice for its steps within this call: a durable run has the rest of its time in the call's repetitions
 */
public record TimeLimits(Instant started, Duration left, Duration slice) {

    /** Of a run that lives in one call. */
    public static TimeLimits ofOneCall(Duration time) {
        return new TimeLimits(Instant.now(), time, Duration.ofNanos(Long.MAX_VALUE / 2));
    }
}
