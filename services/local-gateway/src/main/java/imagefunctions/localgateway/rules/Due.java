package imagefunctions.localgateway.rules;

import imagefunctions.functions.processimages.rules.Schedule;
import java.time.Duration;
import java.time.ZonedDateTime;

/** Whether a schedule is due, by a clock that may be set. */
final class Due {
    /** A clock that is put back by more was set; what it says is believed. */
    private static final Duration CORRECTION = Duration.ofMinutes(1);

    private final Schedule schedule;
    private ZonedDateTime last;

    Due(Schedule schedule, ZonedDateTime start) {
        this.schedule = schedule;
        this.last = start;
    }

    /** Not twice where the clock was put back by a little, and not for what a long sleep has missed but the last. */
    boolean isDue(ZonedDateTime now) {
        if (now.isBefore(last.minus(CORRECTION))) {
            last = now;
        }
        boolean due = schedule.after(last).filter(time -> !time.isAfter(now)).isPresent();
        if (due) {
            last = now;
        }
        return due;
    }
}
