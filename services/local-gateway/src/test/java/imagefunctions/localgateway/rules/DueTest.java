package imagefunctions.localgateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.functions.processimages.rules.Schedule;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DueTest {
    private static ZonedDateTime at(String time) {
        return ZonedDateTime.of(
                ZonedDateTime.parse("2026-01-01T00:00:00Z").toLocalDate(), LocalTime.parse(time), ZoneOffset.UTC);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12:00:30                            | ''
            12:01:00 12:01:30 12:02:01          | 12:01:00 12:02:01
            12:01:00 12:00:59 12:01:00 12:02:00 | 12:01:00 12:02:00
            12:01:00 15:30:00 15:30:01          | 12:01:00 15:30:00
            12:01:00 10:00:30 10:01:00 10:02:00 | 12:01:00 10:01:00 10:02:00
            """)
    void everyMinuteIsDueOnceWhereverTheClockIsPut(String clock, String expected) {
        Due due = new Due(new Schedule("* * * * *"), at("12:00:10"));

        assertThat(Stream.of(clock.split(" ", -1)).filter(time -> due.isDue(at(time))))
                .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" ", -1));
    }
}
