package imagefunctions.asynccalls;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the spool may take, and how it tries again.
 *
 * @param folder where everything lies; one process at a time
 * @param maxBytes disk for calls and results that are not finished
 * @param maxCalls calls that are not finished
 * @param maxBody bytes of one call's body, and of one result's
 * @param minFree bytes that stay free on the disk
 * @param maxDead dead letters that are kept; beyond, the oldest go
 * @param maxDeadBytes disk for dead letters
 * @param maxDelivered delivered calls whose state can be asked for
 * @param deliveredFor how long it can be
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
        Backoff call,
        Backoff callback) {

    public SpoolSettings {
        atLeast("IMAGE_FUNCTIONS_SPOOL_MAX_CALLS", maxCalls, 1);
        atLeast("IMAGE_FUNCTIONS_MAX_BODY", maxBody, 1);
        atLeast("IMAGE_FUNCTIONS_SPOOL_MAX_BYTES", maxBytes, maxBody);
        atLeast("IMAGE_FUNCTIONS_SPOOL_MIN_FREE", minFree, 0);
        atLeast("IMAGE_FUNCTIONS_DEAD_MAX_COUNT", maxDead, 1);
        atLeast("IMAGE_FUNCTIONS_DEAD_MAX_BYTES", maxDeadBytes, 1);
        atLeast("IMAGE_FUNCTIONS_DELIVERED_MAX_COUNT", maxDelivered, 1);
    }

    public static SpoolSettings defaults(Path folder) {
        return new SpoolSettings(
                folder,
                4L << 30,
                100_000,
                64L << 20,
                256L << 20,
                1_000,
                1L << 30,
                10_000,
                Duration.ofHours(24),
                new Backoff(6, Duration.ofSeconds(1), Duration.ofMinutes(5)),
                new Backoff(16, Duration.ofSeconds(1), Duration.ofMinutes(10)));
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": set it to " + least + " or more");
        }
    }
}
