package imagefunctions.workflowruns;

import java.time.Duration;
import java.time.Instant;

/**
 * Who runs a run, and until when if nothing more is heard.
 *
 * @param used how long the run has been running, by all its runners
 */
record Lease(String owner, Instant until, Duration used) {
    /** How long it still lasts, zero if it has expired. */
    Duration left() {
        Duration left = Duration.between(Instant.now(), until);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
