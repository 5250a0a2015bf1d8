package imagefunctions.localgateway.logs;

import imagefunctions.localgateway.backends.Catalogue;
import imagefunctions.runtime.FunctionPath;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which lines are asked for.
 *
 * @param name of the function
 * @param instance whose lines are wanted, if not all
 * @param since when they were written at the earliest
 * @param tail how many of the past ones at most, the newest; 0 or less means all
 * @param follow whether those that come are wanted, too
 */
record LogQuery(String name, Optional<String> instance, Instant since, int tail, boolean follow) {
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    /**
     * Reads the parameters; of one that is given several times, the last counts, as it does for OpenFaaS.
     *
     * @throws ProblemException (400, 404) saying which one is not allowed, and what to give
     */
    static LogQuery of(HttpServerRequest request) {
        String name = last(request, "name")
                .orElseThrow(
                        () -> new Problem.BadRequest("Say of which function: /system/logs?name=NAME.").asException());
        last(request, "namespace")
                .filter(namespace -> !namespace.equals(Catalogue.NAMESPACE))
                .ifPresent(namespace -> {
                    throw new Problem.NotFound("There is no namespace " + namespace + ": all functions are in "
                                    + Catalogue.NAMESPACE + ".")
                            .asException();
                });
        return new LogQuery(
                FunctionPath.of(name).name(),
                last(request, "instance"),
                last(request, "since").map(LogQuery::time).orElse(Instant.MIN),
                last(request, "tail").map(LogQuery::count).orElse(0),
                last(request, "follow").map(LogQuery::truth).orElse(false));
    }

    private static Optional<String> last(HttpServerRequest request, String parameter) {
        List<String> values = request.params().getAll(parameter);
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.getLast()).filter(value -> !value.isEmpty());
    }

    private static Instant time(String since) {
        try {
            return OffsetDateTime.parse(since).toInstant();
        } catch (DateTimeParseException e) {
            throw refused(
                    "since=" + since,
                    "give a time as RFC 3339 has it, such as 2026-03-01T09:30:00Z; a + is %2B in a URL");
        }
    }

    private static int count(String tail) {
        if (tail.matches("-?[0-9]{1,9}")) {
            return Integer.parseInt(tail);
        }
        throw refused("tail=" + tail, "give how many lines at most, or -1 for all");
    }

    private static boolean truth(String follow) {
        if (TRUE.contains(follow) || FALSE.contains(follow)) {
            return TRUE.contains(follow);
        }
        throw refused("follow=" + follow, "give true or false");
    }

    private static ProblemException refused(String given, String instead) {
        return new Problem.BadRequest(given + " is not allowed: " + instead + ".").asException();
    }

    boolean wants(LogMessage message) {
        return instance.map(message.instance()::equals).orElse(true)
                && !message.timestamp().isBefore(since);
    }

    /** Of the past lines that are wanted, those that are not too many. */
    List<LogMessage> past(List<FunctionLog.Line> lines) {
        List<LogMessage> wanted = lines.stream()
                .map(FunctionLog.Line::message)
                .filter(this::wants)
                .toList();
        return tail > 0 ? wanted.subList(Math.max(0, wanted.size() - tail), wanted.size()) : wanted;
    }
}
