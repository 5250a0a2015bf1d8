package imagefunctions.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryPolicyTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 502, 503, 504})
    void whatPassesIsTransient(int status) {
        assertThat(TransientStatus.isTransient(status)).isTrue();
        assertThat(TransientStatus.isTransientAtUnknownServer(status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 400, 401, 404, 409, 413, 415, 422, 425})
    void whatComesAgainIsNot(int status) {
        assertThat(TransientStatus.isTransient(status)).isFalse();
        assertThat(TransientStatus.isTransientAtUnknownServer(status)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 501, 507, 520})
    void any5xxOfAnUnknownServerMayPass(int status) {
        assertThat(TransientStatus.isTransient(status)).isFalse();
        assertThat(TransientStatus.isTransientAtUnknownServer(status)).isTrue();
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
    @CsvSource({"1, 1", "3600, 3600", "0, 0", "'', 0", "-1, 0", "99999, 0", "'Fri, 31 Dec 1999 23:59:59 GMT', 0"})
    void retryAfterIsReadInSeconds(String value, long seconds) {
        HttpHeaders headers = HttpHeaders.of(Map.of("retry-after", List.of(value)), (name, text) -> true);

        assertThat(RetryAfter.of(headers)).hasSeconds(seconds);
    }
}
