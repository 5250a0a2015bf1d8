package imagefunctions.asynccalls;

import imagefunctions.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the sender of a call asks for in its headers.
 *
 * @param maxRetries how many attempts may follow the first one
 * @param expires when it is too late for another attempt
 */
public record CallTerms(int maxRetries, Instant expires) {
    private static final String MAX_RETRIES = "X-Max-Retries";
    private static final String EXPIRES = "X-Expires";
    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final CallTerms NONE = new CallTerms(UNLIMITED, Instant.MAX);

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final Pattern DURATION = Pattern.compile("(?=.)([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?");

    /** Those of a call that was accepted. An earlier version may have accepted headers that it did not read. */
    public static CallTerms of(Call call) {
        try {
            return read(call);
        } catch (CallTermsException notRead) {
            return NONE;
        }
    }

    /**
     * Checks those of a call that is to be accepted.
     *
     * @param most attempts that any call has
     */
    public static void check(Call call, RetryPolicy most) throws CallTermsException {
        CallTerms terms = read(call);
        int retries = most.attempts() - 1;
        if (terms.maxRetries != UNLIMITED && terms.maxRetries > retries) {
            throw new CallTermsException(MAX_RETRIES + " is " + terms.maxRetries + ": give 0 to " + retries
                    + ", which is what every call has without this header.");
        }
        if (!terms.expires.isAfter(call.accepted())) {
            throw new CallTermsException(EXPIRES + " is over already: give a time to come, or a duration.");
        }
    }

    private static CallTerms read(Call call) throws CallTermsException {
        Optional<String> retries = call.header(MAX_RETRIES);
        if (retries.isPresent() && !NUMBER.matcher(retries.get()).matches()) {
            throw new CallTermsException(
                    MAX_RETRIES + " is \"" + retries.get() + "\": give how many attempts may follow the first one.");
        }
        Optional<String> expires = call.header(EXPIRES);
        return new CallTerms(
                retries.map(Integer::parseInt).orElse(UNLIMITED),
                expires.isPresent() ? time(expires.get(), call.accepted()) : Instant.MAX);
    }

    private static Instant time(String expires, Instant accepted) throws CallTermsException {
        if (DURATION.matcher(expires).matches()) {
            return accepted.plus(Duration.parse("PT" + expires.toUpperCase(Locale.ROOT)));
        }
        try {
            return OffsetDateTime.parse(expires).toInstant();
        } catch (DateTimeParseException e) {
            throw new CallTermsException(EXPIRES + " is \"" + expires
                    + "\": give a duration, such as 90s, 10m or 1h30m, or a time as RFC 3339 has it, such as"
                    + " 2026-03-01T09:30:00Z.");
        }
    }

    /** Whether another attempt may follow this one, counted from 1. */
    public boolean allowRetryAfter(int attempt) {
        return attempt <= maxRetries;
    }

    /** Whether it is too late for an attempt at this time. */
    public boolean expireBy(Instant time) {
        return !time.isBefore(expires);
    }
}
