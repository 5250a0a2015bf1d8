package imagefunctions.localgateway.rules;

import imagefunctions.functions.processimages.rules.Rule;
import imagefunctions.functions.processimages.rules.Rules;
import imagefunctions.functions.processimages.rules.Schedule;
import imagefunctions.reasons.Reason;
import imagefunctions.runtime.CallId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Fires the rules that have a schedule, by this machine's clock and time zone; what falls into a stop is not made up for. */
@Singleton
final class RuleSchedules {
    private static final Logger LOG = Logger.getLogger(RuleSchedules.class);

    /** A clock that was set is noticed after this time. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Rules rules;
    private final RuleFiring firing;
    private final CountDownLatch stopped = new CountDownLatch(1);

    RuleSchedules(Rules rules, RuleFiring firing) {
        this.rules = rules;
        this.firing = firing;
    }

    void start(@Observes StartupEvent event) {
        for (Rule rule : rules.all()) {
            rule.schedule()
                    .ifPresent(schedule ->
                            Thread.ofVirtual().name("schedule-" + rule.name()).start(() -> run(rule, schedule)));
        }
    }

    private void run(Rule rule, Schedule schedule) {
        try {
            Due due = new Due(schedule, ZonedDateTime.now(ZoneId.systemDefault()));
            while (true) {
                ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
                if (due.isDue(now)) {
                    fire(rule);
                } else if (stopped.await(wait(schedule, now).toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException stop) {
            LOG.debugf("the schedule of %s ends", rule.name());
        }
    }

    private static Duration wait(Schedule schedule, ZonedDateTime now) {
        Duration wait = schedule.after(now)
                .map(due -> Duration.between(now, due).plusMillis(1))
                .orElse(LONGEST_WAIT);
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private void fire(Rule rule) {
        try {
            firing.fire(rule, CallId.make(), Map.of(), List.of());
        } catch (IOException e) {
            LOG.warnf("The rule %s is due and cannot be fired: %s", rule.name(), Reason.of(e));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }
}
