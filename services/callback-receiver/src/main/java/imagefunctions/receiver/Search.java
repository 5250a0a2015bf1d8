package imagefunctions.receiver;

import imagefunctions.runtime.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * Which messages somebody looks for.
 *
 * @param text that the name, the function or the call id has in it, in small letters; an empty one is in all
 * @param since from when on they arrived
 * @param until before when they arrived
 * @param failed whether only failures are meant, or only results
 */
record Search(String text, Instant since, Instant until, Optional<Boolean> failed) {
    private static final int LONGEST_TEXT = 200;

    /** Reads the query parameters {@code search}, {@code since}, {@code until} and {@code failed}. */
    static Search of(HttpServerRequest request) {
        String text = request.getParam("search", "").strip().toLowerCase(Locale.ROOT);
        if (text.length() > LONGEST_TEXT) {
            throw new Problem.BadRequest(
                            "The parameter \"search\" is too long: give at most " + LONGEST_TEXT + " characters.")
                    .asException();
        }
        return new Search(
                text,
                time(request, "since").orElse(Instant.MIN),
                time(request, "until").orElse(Instant.MAX),
                failed(request.getParam("failed", "")));
    }

    private static Optional<Instant> time(HttpServerRequest request, String name) {
        String value = request.getParam(name, "");
        try {
            return value.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(value));
        } catch (DateTimeParseException e) {
            throw new Problem.BadRequest("The parameter \"" + name + "\" is \"" + value
                            + "\": give a time such as 2026-11-28T00:00:00Z.")
                    .asException();
        }
    }

    private static Optional<Boolean> failed(String value) {
        return switch (value) {
            case "" -> Optional.empty();
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default ->
                throw new Problem.BadRequest("The parameter \"failed\" is \"" + value + "\": give true or false.")
                        .asException();
        };
    }

    boolean finds(Message message) {
        return !message.received().isBefore(since)
                && message.received().isBefore(until)
                && failed.map(wanted -> wanted == message.failed()).orElse(true)
                && (message.name() + "\n" + message.function() + "\n" + message.callId())
                        .toLowerCase(Locale.ROOT)
                        .contains(text);
    }
}
