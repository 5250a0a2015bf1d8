package imagefunctions.gatewayclient;

import java.time.Duration;

/**
 * Whether a gateway may be asked: one that failed several times in a row is left out for a second, then gets one call,
 * and if that fails too it is left out for twice as long.
 */
final class CircuitBreaker {
    static final int FAILURES = 3;
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(30);

    private int failures;
    private int ejections;
    private long ejectedAt;
    private long until;
    private boolean onTrial;

    boolean isEjected() {
        return ejections > 0;
    }

    /** Whether it may be chosen at this time, in nanoseconds. */
    boolean mayBeAsked(long now) {
        return !isEjected() || (now - until >= 0 && !onTrial);
    }

    /** Nanoseconds until its time is up. */
    long rest(long now) {
        return until - now;
    }

    /** Gives it one call if its time is up; {@link #tried} ends that. */
    boolean startTrial(long now) {
        boolean trial = isEjected() && mayBeAsked(now);
        onTrial |= trial;
        return trial;
    }

    void tried() {
        onTrial = false;
    }

    /**
     * Counts a success.
     *
     * @param begun when the call began: what began before the gateway was left out tells nothing new
     * @return whether the gateway was left out until now
     */
    boolean well(long begun) {
        boolean back = isEjected() && begun - ejectedAt >= 0;
        if (back || !isEjected()) {
            failures = 0;
            ejections = 0;
        }
        return back;
    }

    /**
     * Counts a failure.
     *
     * @param begun as above
     * @return for how long it is left out from now on, or zero if nothing changes
     */
    Duration failed(long begun, long now) {
        failures++;
        if (isEjected() ? begun - ejectedAt < 0 : failures < FAILURES) {
            return Duration.ZERO;
        }
        Duration whole = FIRST.multipliedBy(1L << Math.min(ejections, 10));
        Duration pause = whole.compareTo(LONGEST) < 0 ? whole : LONGEST;
        ejections++;
        ejectedAt = now;
        until = now + pause.toNanos();
        return pause;
    }
}
