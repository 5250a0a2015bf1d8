package imagefunctions.asynccalls;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often something is tried, and the wait between: doubled after each failure up to the longest, the second half of
 * it random, so that calls that failed together do not come back together.
 *
 * @param attempts 1 to 64
 */
public record Backoff(int attempts, Duration first, Duration longest) {
    static final int MOST = 64;

    public Backoff {
        if (attempts < 1 || attempts > MOST) {
            throw new IllegalArgumentException("attempts is " + attempts + ": set it from 1 to " + MOST);
        }
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the first wait is " + first + " and the longest " + longest + ": set 0 < first <= longest");
        }
    }

    /** The wait after this attempt, counted from 1. */
    Duration after(int attempt) {
        long whole = longest.toMillis();
        int doublings = attempt - 1;
        if (doublings < Long.numberOfLeadingZeros(first.toMillis()) - 1) {
            whole = Math.min(whole, first.toMillis() << doublings);
        }
        return Duration.ofMillis(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }
}
