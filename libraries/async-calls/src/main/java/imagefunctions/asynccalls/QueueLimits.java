package imagefunctions.asynccalls;

import imagefunctions.retry.RetryPolicy;
import java.time.Duration;

/**
 * What a queue may take, and how often it retries.
 *
 * @param maxBytes of calls and results that are not finished
 * @param maxCalls calls that are not finished
 * @param maxBody bytes of one call's body, and of one result's
 * @param maxDead dead letters that are kept; beyond, the oldest go
 * @param maxDeadBytes of dead letters
 * @param maxDelivered delivered calls whose state can be asked for
 * @param deliveredFor for how long
 * @param call attempts at the function
 * @param callback attempts at the receiver
 */
public record QueueLimits(
        long maxBytes,
        int maxCalls,
        long maxBody,
        int maxDead,
        long maxDeadBytes,
        int maxDelivered,
        Duration deliveredFor,
        RetryPolicy call,
        RetryPolicy callback) {
    /** More than the servers of HTTP take for a request's line and headers. */
    private static final long MOST_HEAD = 128 << 10;

    public QueueLimits {
        atLeast("IMAGE_FUNCTIONS_SPOOL_MAX_CALLS", maxCalls, 1);
        atLeast("IMAGE_FUNCTIONS_MAX_BODY", maxBody, 1);
        atLeast("IMAGE_FUNCTIONS_SPOOL_MAX_BYTES", maxBytes, Math.ceilDiv(maxBody + MOST_HEAD, 7) * 8);
        atLeast("IMAGE_FUNCTIONS_DEAD_MAX_COUNT", maxDead, 1);
        atLeast("IMAGE_FUNCTIONS_DEAD_MAX_BYTES", maxDeadBytes, 1);
        atLeast("IMAGE_FUNCTIONS_DELIVERED_MAX_COUNT", maxDelivered, 1);
        if (deliveredFor.isNegative()) {
            throw new IllegalArgumentException(
                    "IMAGE_FUNCTIONS_DELIVERED_KEPT is " + deliveredFor + ": set it to 0s or more");
        }
    }

    /** Refuses a setting that is too small, by the name of its variable. */
    public static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": set it to " + least + " or more");
        }
    }

    /** What of the bytes is for results alone, or those of running calls would find no room. */
    public long bytesForResults() {
        return Math.min(maxBytes / 8, 4 * maxBody);
    }
}
