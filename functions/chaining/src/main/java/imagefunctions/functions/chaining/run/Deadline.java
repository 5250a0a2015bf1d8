package imagefunctions.functions.chaining.run;

import java.time.Duration;

/** A moment, as {@link System#nanoTime} counts, at which something must be over. */
record Deadline(long nanoTime) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** This one, or the moment after so much time if that is earlier. */
    Deadline orIn(Duration time) {
        return left().compareTo(time) <= 0 ? this : in(time);
    }

    /** The time that is left, never less than none. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }
}
