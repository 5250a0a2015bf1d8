package imagefunctions.gatewayclient;

import imagefunctions.retry.Backoff;
import java.time.Duration;

/**
 * Whether a gateway gets calls: several failures in a row open its breaker and eject it for a second; then the breaker
 * is half-open and lets one call through, and if that fails too the gateway is ejected for twice as long.
 */
final class CircuitBreaker {
    static final int FAILURES = 3;
    /** Without jitter: a half-open breaker lets a single call through, which is no herd. */
    private static final Backoff EJECTION = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private int consecutiveFailures;
    private int ejections;
    private long ejectedAt;
    private long ejectedUntil;
    private boolean halfOpen;

    private boolean isClosed() {
        return ejections == 0;
    }

    /** Whether a call may be made at this time, in nanoseconds. */
    boolean permitsCall(long now) {
        return isClosed() || (now - ejectedUntil >= 0 && !halfOpen);
    }

    /** Nanoseconds until the ejection is over. */
    long remainingEjection(long now) {
        return ejectedUntil - now;
    }

    /** Becomes half-open for the call that is made now, if the ejection is over; {@link #probed} ends that. */
    boolean beginProbe(long now) {
        boolean probe = !isClosed() && permitsCall(now);
        halfOpen |= probe;
        return probe;
    }

    void probed() {
        halfOpen = false;
    }

    /**
     * Counts a success.
     *
     * @param started when the call was made: one from before the ejection says nothing new
     * @return whether the gateway was ejected until now
     */
    boolean succeeded(long started) {
        boolean closes = !isClosed() && started - ejectedAt >= 0;
        if (closes || isClosed()) {
            consecutiveFailures = 0;
            ejections = 0;
        }
        return closes;
    }

    /**
     * Counts a failure.
     *
     * @param started as above
     * @return for how long the gateway is ejected from now on, or zero if nothing changes
     */
    Duration failed(long started, long now) {
        consecutiveFailures++;
        if (isClosed() ? consecutiveFailures < FAILURES : started - ejectedAt < 0) {
            return Duration.ZERO;
        }
        ejections++;
        Duration ejection = EJECTION.after(ejections);
        ejectedAt = now;
        ejectedUntil = now + ejection.toNanos();
        return ejection;
    }
}
