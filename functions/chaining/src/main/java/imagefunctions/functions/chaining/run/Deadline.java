package imagefunctions.functions.chaining.run;

import java.time.Duration;

/** A point in {@link System#nanoTime} by which something must be done. */
record Deadline(long nanoTime) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** The earlier of this deadline and the given time from now. */
    Deadline orAfter(Duration time) {
        return left().compareTo(time) <= 0 ? this : in(time);
    }

    /** The remaining time, never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }
}
