package imagefunctions.workflowruns;

import java.time.Duration;

/**
 * How much runs may keep, and for how long.
 *
 * @param maxBytes of all runs together
 * @param maxCount how many runs
 * @param kept how long a run is kept that has succeeded, was stopped, or that nobody goes on with
 * @param lease the time after which a runner that says nothing more counts as ended
 */
public record RunLimits(long maxBytes, int maxCount, Duration kept, Duration lease) {
    public RunLimits {
        if (maxBytes < 1 || maxCount < 1 || !kept.isPositive() || lease.toMillis() < 100) {
            throw new IllegalArgumentException("IMAGE_FUNCTIONS_RUNS_MAX_BYTES is " + maxBytes
                    + ", IMAGE_FUNCTIONS_RUNS_MAX_COUNT " + maxCount + ", IMAGE_FUNCTIONS_RUNS_KEPT " + kept
                    + " and IMAGE_FUNCTIONS_RUN_LEASE " + lease
                    + ": set the first three above zero, and the lease to 100ms or more");
        }
    }
}
