package imagefunctions.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that can keep a call from its answer, each with what the caller can do next. */
public sealed interface Problem {

    /** A parameter, header or body that the function cannot take as it is. */
    record BadRequest(String detail) implements Problem {}

    /** A caller that does not show the token that is asked for. */
    record Unauthorized(String detail) implements Problem {}

    /** A body without its sender's signature, or with a wrong one. */
    record NotSigned(String detail) implements Problem {}

    /** A request that its sender may not make. */
    record Forbidden(String detail) implements Problem {}

    /** A request for a name that this process does not go by. */
    record Misdirected(String detail) implements Problem {}

    record UnknownFunction(String name, Collection<String> known) implements Problem {
        @Override
        public String detail() {
            return "There is no function \"" + name + "\"; there are: " + String.join(", ", known) + ".";
        }
    }

    /** Something other than a function that is not there. */
    record NotFound(String detail) implements Problem {}

    /** A request that does not fit the state that things are in. */
    record Conflict(String detail) implements Problem {}

    /** No room or no time for the request now. */
    record Unavailable(String detail, Duration retryAfter) implements Problem {
        private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

        public Unavailable(String detail) {
            this(detail, RETRY_AFTER);
        }
    }

    /** No room on disk for the request until somebody makes some. */
    record InsufficientStorage(String detail) implements Problem {}

    /**
     * A verb that is not answered.
     *
     * @param allowed the verbs that are, as the Allow header lists them
     * @param hint what the caller can do with them
     */
    record MethodNotAllowed(String method, String allowed, String hint) implements Problem {
        @Override
        public String detail() {
            return method + " is not answered here: " + hint + ".";
        }
    }

    /** The body did not arrive in time. */
    record BodyTooSlow(Duration limit) implements Problem {
        @Override
        public String detail() {
            return "The body did not arrive within " + seconds(limit)
                    + ": send it faster or smaller, or raise read_timeout.";
        }
    }

    /** The head of a request did not arrive in time. */
    record HeadTooSlow(Duration limit) implements Problem {
        @Override
        public String detail() {
            return "The head of the request did not arrive within " + seconds(limit) + ": send it in one piece.";
        }
    }

    /** Too many bytes, or too much in them. */
    record TooLarge(String detail) implements Problem {}

    /** A body of a kind that the function does not read. */
    record UnsupportedMediaType(String detail) implements Problem {}

    /** A body of the right kind that is damaged. */
    record Unprocessable(String detail) implements Problem {}

    record TooManyCalls(String detail) implements Problem {}

    /** The caller went away before its answer; nobody reads this. */
    record CallerLeft() implements Problem {
        @Override
        public String detail() {
            return "The caller closed the connection before the answer.";
        }
    }

    /** A fault of the function itself. */
    record Failed(String function) implements Problem {
        @Override
        public String detail() {
            return function + " failed on its own account: the log has the reason under this call id.";
        }
    }

    /** Another server that the call was handed to gave no answer, or none that is HTTP. */
    record BadGateway(String detail) implements Problem {}

    /** This process takes no new calls. */
    record ShuttingDown() implements Problem {
        @Override
        public String detail() {
            return "This process is shutting down: send the call again.";
        }
    }

    record TimedOut(String function, Duration limit) implements Problem {
        @Override
        public String detail() {
            return function + " did not finish within " + seconds(limit)
                    + ": send a smaller body, or raise exec_timeout.";
        }
    }

    /**
     * A problem with extension members.
     *
     * @param extensions extension members by name (RFC 9457, 3.2), in the order in which they are written
     */
    record Extended(int status, String detail, Map<String, Object> extensions) implements Problem {
        public Extended {
            extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
        }
    }

    /** One or two sentences for the caller: what was wrong, and what to do next. */
    String detail();

    /** What the problem says beyond that, by the names of its extension members. */
    default Map<String, Object> extensions() {
        return Map.of();
    }

    /** The HTTP status of the answer. */
    default int status() {
        return switch (this) {
            case BadRequest p -> 400;
            case Unauthorized p -> 401;
            case NotSigned p -> 401;
            case Forbidden p -> 403;
            case UnknownFunction p -> 404;
            case NotFound p -> 404;
            case MethodNotAllowed p -> 405;
            case BodyTooSlow p -> 408;
            case HeadTooSlow p -> 408;
            case Conflict p -> 409;
            case TooLarge p -> 413;
            case UnsupportedMediaType p -> 415;
            case Misdirected p -> 421;
            case Unprocessable p -> 422;
            case TooManyCalls p -> 429;
            case CallerLeft p -> 499;
            case Failed p -> 500;
            case BadGateway p -> 502;
            case ShuttingDown p -> 503;
            case Unavailable p -> 503;
            case TimedOut p -> 504;
            case InsufficientStorage p -> 507;
            case Extended p -> p.status();
        };
    }

    default ProblemException asException() {
        return new ProblemException(this);
    }

    private static String seconds(Duration d) {
        return d.toMillis() % 1000 == 0 ? d.toSeconds() + " s" : d.toMillis() / 1000.0 + " s";
    }
}
