package imagefunctions.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryPolicyTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));

    @ParameterizedTest
    @CsvSource({
        "408, true, true, true",
        "425, true, true, true",
        "429, true, true, true",
        "502, true, true, true",
        "503, true, true, true",
        "504, true, true, true",
        "409, false, true, true",
        "423, false, true, true",
        "500, false, true, true",
        "501, false, true, true",
        "507, false, true, true",
        "520, false, true, true",
        "400, false, false, true",
        "401, false, false, true",
        "404, false, false, true",
        "413, false, false, true",
        "415, false, false, true",
        "422, false, false, true",
        "200, false, false, false",
        "301, false, false, false"
    })
    void whatPassesDependsOnWhoAnswersAndOnWhetherItSaysWhen(
            int status, boolean function, boolean unknown, boolean unknownSayingWhen) {
        assertThat(TransientStatus.isTransient(status)).isEqualTo(function);
        assertThat(TransientStatus.isTransientAtUnknownServer(status, Optional.empty()))
                .isEqualTo(unknown);
        for (Duration asked : List.of(Duration.ZERO, Duration.ofSeconds(1))) {
            assertThat(TransientStatus.isTransientAtUnknownServer(status, Optional.of(asked)))
                    .isEqualTo(unknownSayingWhen);
        }
    }

    @Test
    void attemptsAreCountedWithTheFirst() {
        RetryPolicy policy = new RetryPolicy(3, BACKOFF);

        assertThat(policy.allowsAfter(2)).isTrue();
        assertThat(policy.allowsAfter(3)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65})
    void attemptsOutsideOfTheRangeAreRefused(int attempts) {
        assertThatThrownBy(() -> new RetryPolicy(attempts, BACKOFF)).hasMessageContaining("set it from 1 to 64");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "3600, 3600",
        "0, 0",
        "'',",
        "-1,",
        "soon,",
        "1.5,",
        "99999, 99999",
        "99999999999999999999, 31536000",
        "'Fri, 06 Nov 2026 08:49:57 GMT', 20",
        "'Friday, 06-Nov-26 08:49:57 GMT', 20",
        "'Fri Nov  6 08:49:57 2026', 20",
        "'Fri, 06 Nov 2026 08:49:00 GMT', 0",
        "'Fri, 06 Nov 2026 08:49:37 GMT', 0",
        "'Mon, 06 Nov 2026 08:49:57 GMT',"
    })
    void retryAfterIsReadInSecondsAndAsADateByTheServersClock(String value, @Nullable Long seconds) {
        HttpHeaders headers = HttpHeaders.of(
                Map.of("retry-after", List.of(value), "date", List.of("Fri, 06 Nov 2026 08:49:37 GMT")),
                (name, text) -> true);

        assertThat(RetryAfter.of(headers))
                .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }

    @Test
    void retryAfterIsReadByTheOwnClockIfTheServerDoesNotSayWhatItsShows() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(100));

        assertThat(RetryAfter.of(name -> name.equals("Retry-After") ? Optional.of(date) : Optional.empty()))
                .hasValueSatisfying(
                        asked -> assertThat(asked).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100)));
    }
}
