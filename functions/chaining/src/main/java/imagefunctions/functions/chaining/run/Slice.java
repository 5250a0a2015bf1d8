package imagefunctions.functions.chaining.run;

import java.time.Duration;

/** The part of a run's time that lies within one call. */
final class Slice {
    private final Duration whole;
    private final Deadline end;

    Slice(Duration whole) {
        this.whole = whole;
        this.end = Deadline.in(whole);
    }

    /** Whether a step may begin that takes this long at most: one in the first half always may. */
    boolean hasRoomFor(Duration timeout) {
        Duration half = whole.dividedBy(2);
        return end.left().compareTo(timeout.compareTo(half) < 0 ? timeout : half) >= 0;
    }

    /** Whether it ends before this deadline. */
    boolean cuts(Deadline deadline) {
        return end.left().compareTo(deadline.left()) < 0;
    }

    Deadline end() {
        return end;
    }
}
