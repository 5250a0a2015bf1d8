package imagefunctions.functions.processimages.rules;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** When a rule fires by itself, as cron has it: five fields, or six where the first one is the seconds. */
public record Schedule(String text) {
    private static final CronParser MINUTES =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final CronParser SECONDS =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.SPRING53));

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
        return (text.strip().split("\\s+").length == 6 ? SECONDS : MINUTES)
                .parse(text)
                .validate();
    }
}
