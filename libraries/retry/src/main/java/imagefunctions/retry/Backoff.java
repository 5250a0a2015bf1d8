package imagefunctions.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The waits between attempts, doubled after each failure up to the longest.
 *
 * @param first the wait after the first failure
 */
public record Backoff(Duration first, Duration longest) {

    public Backoff {
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the first wait is " + first + " and the longest " + longest + ": set 0 < first <= longest");
        }
    }

    /** Waits that never exceed the longest one, not even the first. */
    public static Backoff capped(Duration first, Duration longest) {
        return new Backoff(first.compareTo(longest) < 0 ? first : longest, longest);
    }

    /** The whole wait after the failure with this number, counted from 1: for a caller that waits alone. */
    public Duration after(int failures) {
        Duration wait = first;
        for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    /** Half of the wait and a random part of the other half, so that callers who failed together spread out. */
    public Duration withJitter(int failures) {
        Duration half = after(failures).dividedBy(2);
        return half.plusNanos(ThreadLocalRandom.current().nextLong(half.toNanos() + 1));
    }

    /**
     * The longer of that and what the server asks for, up to the longest wait.
     *
     * @param asked see {@link RetryAfter}; those who were asked together spread out over a first wait more
     */
    public Duration withJitter(int failures, Duration asked) {
        Duration own = withJitter(failures);
        if (asked.compareTo(own) <= 0) {
            return own;
        }
        Duration spread = asked.plusNanos(ThreadLocalRandom.current().nextLong(first.toNanos()));
        return spread.compareTo(longest) < 0 ? spread : longest;
    }
}
