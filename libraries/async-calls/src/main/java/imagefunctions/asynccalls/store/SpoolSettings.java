package imagefunctions.asynccalls.store;

import imagefunctions.retry.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the spool may take, and how often it retries.
 *
 * @param folder where everything is kept; one process at a time
 * @param maxBytes disk for calls and results that are not finished
 * @param maxCalls calls that are not finished
 * @param maxBody bytes of one call's body, and of one result's
 * @param minFree bytes that stay free on the disk
 * @param maxDead dead letters that are kept; beyond, the oldest go
 * @param maxDeadBytes disk for dead letters
 * @param maxDelivered delivered calls whose state can be asked for
 * @param deliveredFor for how long
 * @param call attempts at the function
 * @param callback attempts at the receiver
 */
public record SpoolSettings(
        Path folder,
        long maxBytes,
        int maxCalls,
        long maxBody,
        long minFree,
        int maxDead,
        long maxDeadBytes,
        int maxDelivered,
        Duration deliveredFor,
        RetryPolicy call,
        RetryPolicy callback) {

    public SpoolSettings {
        atLeast("IMAGE_FUNCTIONS_SPOOL_MAX_CALLS", maxCalls, 1);
        atLeast("IMAGE_FUNCTIONS_MAX_BODY", maxBody, 1);
        atLeast("IMAGE_FUNCTIONS_SPOOL_MAX_BYTES", maxBytes, maxBody);
        atLeast("IMAGE_FUNCTIONS_SPOOL_MIN_FREE", minFree, 0);
        atLeast("IMAGE_FUNCTIONS_DEAD_MAX_COUNT", maxDead, 1);
        atLeast("IMAGE_FUNCTIONS_DEAD_MAX_BYTES", maxDeadBytes, 1);
        atLeast("IMAGE_FUNCTIONS_DELIVERED_MAX_COUNT", maxDelivered, 1);
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": set it to " + least + " or more");
        }
    }
}
