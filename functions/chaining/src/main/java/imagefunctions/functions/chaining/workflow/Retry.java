package imagefunctions.functions.chaining.workflow;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a call is repeated that may go better the next time.
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

    /** The pause after this failed attempt (1 is the first): half of it fixed, half of it chance. */
    public Duration pause(int attempt, RandomGenerator chance) {
        Duration whole = delay.multipliedBy(1L << (attempt - 1));
        Duration most = whole.compareTo(LONGEST) < 0 ? whole : LONGEST;
        return most.dividedBy(2).plusNanos(chance.nextLong(most.toNanos() / 2 + 1));
    }
}
