package imagefunctions.receiver;

import java.time.Duration;

/** Everything that can keep a request from its answer, each with what the sender can do next. */
sealed interface Problem {

    record BadRequest(String detail) implements Problem {}

    /** The signature is missing or is not that of the secret. */
    record NotSigned(String detail) implements Problem {}

    record NotFound(String detail) implements Problem {}

    record MethodNotAllowed(String method, String allowed) implements Problem {
        @Override
        public String detail() {
            return method + " is not answered here: use " + allowed + ".";
        }
    }

    record TooSlow(Duration limit) implements Problem {
        @Override
        public String detail() {
            return "The message did not arrive within " + limit.toSeconds()
                    + " s: send it faster or smaller, or raise read_timeout.";
        }
    }

    record TooLarge(long limit) implements Problem {
        @Override
        public String detail() {
            return "The message is larger than " + limit
                    + " bytes: send a smaller one, or raise IMAGE_FUNCTIONS_MESSAGES_MAX_BODY.";
        }
    }

    /** Our own fault; the log has more. */
    record Failed() implements Problem {
        @Override
        public String detail() {
            return "The receiver could not keep the message: send it again, and look at the receiver's log.";
        }
    }

    record Unavailable(String detail) implements Problem {}

    /** A quota is used up. */
    record Full(String detail) implements Problem {}

    /** One or two sentences for the sender: what was wrong, and what to do next. */
    String detail();

    default int status() {
        return switch (this) {
            case BadRequest p -> 400;
            case NotSigned p -> 401;
            case NotFound p -> 404;
            case MethodNotAllowed p -> 405;
            case TooSlow p -> 408;
            case TooLarge p -> 413;
            case Failed p -> 500;
            case Unavailable p -> 503;
            case Full p -> 507;
        };
    }

    default ProblemException asException() {
        return new ProblemException(this);
    }
}
