package imagefunctions.functions.chaining.workflow;

import imagefunctions.retry.Backoff;
import imagefunctions.retry.RetryPolicy;
import java.time.Duration;

/**
 * How often a call is repeated after a transient failure.
 *
 * @param times repetitions after the first attempt, 0 for none
 * @param delay the pause before the first repetition; each one doubles it, up to ten seconds
 */
public record Retry(int times, Duration delay) {
    public static final int MOST = 10;
    public static final Retry DEFAULT = new Retry(3, Duration.ofMillis(200));
    public static final Retry NEVER = new Retry(0, Duration.ofMillis(200));

    private static final Duration LONGEST = Duration.ofSeconds(10);

    public Retry {
        if (times < 0 || times > MOST) {
            throw new IllegalArgumentException("write a number of retries from 0 to " + MOST);
        }
    }

    public RetryPolicy policy() {
        return new RetryPolicy(1 + times, Backoff.capped(delay, LONGEST));
    }
}
