package imagefunctions.workflowruns;

import java.time.Duration;
import java.time.Instant;

/**
 * Who runs a run, and until when if nothing more is heard.
 *
 * @param length how long it lasted when it was written
 * @param used how long the run has been running, by all its runners
 */
record Lease(String owner, Instant until, Duration length, Duration used) {
    /** How long it still lasts; zero if it has expired, or if that is longer than the whole, since a clock was put back. */
    Duration left() {
        Duration left = Duration.between(Instant.now(), until);
        return left.isNegative() || left.compareTo(length) > 0 ? Duration.ZERO : left;
    }
}
