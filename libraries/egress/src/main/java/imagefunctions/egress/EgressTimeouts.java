package imagefunctions.egress;

import java.time.Duration;

/**
 * How long a call to a user's URL may take.
 *
 * @param connect for one connection attempt, 10 s by default
 * @param read between two pieces of data, 30 s by default
 * @param call for everything, from the look-up to the answer's last byte, 2 min by default
 */
public record EgressTimeouts(Duration connect, Duration read, Duration call) {
    public static final EgressTimeouts DEFAULTS =
            new EgressTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(2));
}
