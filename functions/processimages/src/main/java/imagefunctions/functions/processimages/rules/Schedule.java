package imagefunctions.functions.processimages.rules;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** When a rule fires by itself, as cron has it: five fields, six where the first one is the seconds, or a name. */
public record Schedule(String text) {
    private static final CronParser MINUTES = new CronParser(crontab(CronDefinitionBuilder.defineCron()));
    private static final CronParser SECONDS = new CronParser(crontab(
            CronDefinitionBuilder.defineCron().withSeconds().withStrictRange().and()));

    public Schedule {
        if (next(text, ZonedDateTime.now(ZoneOffset.UTC)).isEmpty()) {
            throw new IllegalArgumentException("there is no such time, as there is no 30 February");
        }
    }

    /** The first time after this one, if there is any. */
    public Optional<ZonedDateTime> after(ZonedDateTime time) {
        return next(text, time);
    }

    private static Optional<ZonedDateTime> next(String text, ZonedDateTime time) {
        return ExecutionTime.forCron(parsed(text)).nextExecution(time);
    }

    private static Cron parsed(String text) {
        try {
            return (text.strip().split("\\s+").length == 6 ? SECONDS : MINUTES)
                    .parse(text)
                    .validate();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage()
                            + "; write minute, hour, day, month and weekday as in crontab, such as \"30 2 * * 1-5\"",
                    e);
        }
    }

    /** The day of the month or of the week is enough, if both are given. */
    private static CronDefinition crontab(CronDefinitionBuilder definition) {
        return definition
                .withMinutes()
                .withStrictRange()
                .and()
                .withHours()
                .withStrictRange()
                .and()
                .withDayOfMonth()
                .withStrictRange()
                .and()
                .withMonth()
                .withStrictRange()
                .and()
                .withDayOfWeek()
                .withValidRange(0, 7)
                .withMondayDoWValue(1)
                .withIntMapping(7, 0)
                .withStrictRange()
                .and()
                .withSupportedNicknameYearly()
                .withSupportedNicknameAnnually()
                .withSupportedNicknameMonthly()
                .withSupportedNicknameWeekly()
                .withSupportedNicknameDaily()
                .withSupportedNicknameMidnight()
                .withSupportedNicknameHourly()
                .instance();
    }
}
