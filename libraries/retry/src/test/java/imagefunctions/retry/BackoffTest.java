package imagefunctions.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1));

    @ParameterizedTest
    @CsvSource({"1, 200", "2, 400", "3, 800", "4, 1000", "5, 1000", "2147483647, 1000"})
    void theWaitDoublesUpToTheLongest(int failures, long millis) {
        assertThat(BACKOFF.after(failures)).hasMillis(millis);
    }

    @Test
    void waitsOfYearsDoNotOverflow() {
        Backoff patient = new Backoff(Duration.ofNanos(1), Duration.ofDays(100 * 365));

        assertThat(patient.after(1000)).isEqualTo(patient.longest());
        assertThat(patient.withJitter(1000)).isBetween(Duration.ofDays(50 * 365), patient.longest());
    }

    @Test
    void jitterTakesUpToHalfOfTheWait() {
        var waits = IntStream.range(0, 1000)
                .mapToObj(i -> BACKOFF.withJitter(2).toNanos())
                .toList();

        assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(200_000_000L, 400_000_000L));
        assertThat(waits).anyMatch(wait -> wait < 250_000_000L).anyMatch(wait -> wait > 350_000_000L);
    }

    @Test
    void aFirstWaitBeyondTheLongestIsCapped() {
        Backoff capped = Backoff.capped(Duration.ofMinutes(2), Duration.ofSeconds(10));

        assertThat(capped.after(1)).hasSeconds(10);
        assertThat(Backoff.capped(Duration.ofMillis(1), Duration.ofSeconds(10)).after(1))
                .hasMillis(1);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S", "PT-1S, PT1S", "PT2S, PT1S"})
    void whatCannotBeWaitedForIsRefused(Duration first, Duration longest) {
        assertThatThrownBy(() -> new Backoff(first, longest)).hasMessageContaining("set 0 < first <= longest");
    }

    @ParameterizedTest
    @CsvSource({"0, 500, 1000", "20, 20000, 21000", "50, 50000, 51000", "3600, 60000, 60000"})
    void theLongerOfTheOwnWaitAndWhatWasAskedForIsWaitedUpToTheLongest(long asked, long least, long most) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

        assertThat(backoff.withJitter(1, Duration.ofSeconds(asked)))
                .isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
    }
}
