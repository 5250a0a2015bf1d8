package imagefunctions.retry;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The header by which a server asks to be left alone for a while, in seconds or until a date (RFC 9110, 10.2.3). */
public final class RetryAfter {
    /** What is asked for beyond is longer than anybody waits. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** The three forms of RFC 9110, 5.6.7. */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US).withZone(ZoneOffset.UTC));

    private RetryAfter() {}

    /** The wait that is asked for, zero or more; empty if none is, or it cannot be read. */
    public static Optional<Duration> of(HttpHeaders headers) {
        return of(headers::firstValue);
    }

    /**
     * The same, from headers of any kind.
     *
     * @param headers the value of the header of this name, if there is one
     */
    public static Optional<Duration> of(Function<String, Optional<String>> headers) {
        return headers.apply("Retry-After")
                .map(String::strip)
                .flatMap(value -> value.matches("\\d+") ? Optional.of(seconds(value)) : until(value, headers))
                .map(asked -> asked.isNegative() ? Duration.ZERO : asked.compareTo(LONGEST) > 0 ? LONGEST : asked);
    }

    private static Duration seconds(String digits) {
        return digits.length() > 9 ? LONGEST : Duration.ofSeconds(Integer.parseInt(digits));
    }

    /** By the server's own clock where it says what that shows: either of the two may be wrong. */
    private static Optional<Duration> until(String value, Function<String, Optional<String>> headers) {
        Instant now = headers.apply("Date").flatMap(RetryAfter::date).orElseGet(Instant::now);
        return date(value).map(date -> Duration.between(now, date));
    }

    private static Optional<Instant> date(String text) {
        for (DateTimeFormatter form : DATES) {
            try {
                return Optional.of(ZonedDateTime.parse(text.strip(), form).toInstant());
            } catch (DateTimeException another) {
                // the next form
            }
        }
        return Optional.empty();
    }
}
