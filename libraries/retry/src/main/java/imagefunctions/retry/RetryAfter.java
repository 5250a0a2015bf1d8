package imagefunctions.retry;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** The header by which a server asks to be left alone for some seconds (RFC 9110, 10.2.3). */
public final class RetryAfter {
    private RetryAfter() {}

    /** The wait that is asked for, or zero; a date counts as nothing. */
    public static Duration of(HttpHeaders headers) {
        return of(headers.firstValue("Retry-After"));
    }

    /** The wait that the header's value asks for, or zero; a date counts as nothing. */
    public static Duration of(Optional<String> value) {
        return value.filter(seconds -> seconds.matches("\\d{1,4}"))
                .map(seconds -> Duration.ofSeconds(Integer.parseInt(seconds)))
                .orElse(Duration.ZERO);
    }
}
