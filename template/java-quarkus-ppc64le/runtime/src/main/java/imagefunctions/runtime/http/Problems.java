package imagefunctions.runtime.http;

import imagefunctions.runtime.CallId;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.ProblemJson;
import imagefunctions.runtime.Reply;
import jakarta.inject.Singleton;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** Makes an answer of what went wrong: RFC 9457 problem+json with the call id. */
@Singleton
public final class Problems {
    private static final Logger LOG = Logger.getLogger("imagefunctions");

    Problems() {}

    /** The answer for what failed, by its name; a fault of our own is logged, once, with its stack. */
    public Reply answer(String what, String callId, Throwable failure) {
        try (var _ = CallId.logged(callId)) {
            return answer(problem(what, failure), callId);
        }
    }

    /** The answer that reports this problem. */
    public Reply answer(Problem problem, String callId) {
        Reply reply = Reply.of(problem.status(), ProblemJson.MEDIA_TYPE, ProblemJson.write(problem, callId));
        return switch (problem) {
            case Problem.Unauthorized p -> reply.with("WWW-Authenticate", "Bearer");
            case Problem.TooManyCalls p -> reply.with("Retry-After", "1");
            case Problem.Unavailable p ->
                reply.with("Retry-After", Long.toString(p.retryAfter().toSeconds()));
            case Problem.InsufficientStorage p -> reply.with("Retry-After", "60");
            case Problem.ShuttingDown p -> reply.with("Retry-After", "1").with("Connection", "close");
            case Problem.MethodNotAllowed p -> reply.with("Allow", p.allowed());
            default -> reply;
        };
    }

    private Problem problem(String what, Throwable failure) {
        return switch (failure) {
            case ProblemException e -> e.problem();
            case CancellationException e -> new Problem.CallerLeft();
            case OutOfMemoryError e -> {
                LOG.warnf("%s ran out of memory: give the process more, or fewer IMAGE_FUNCTIONS_THREADS", what);
                yield new Problem.Unavailable(
                        "There is not enough memory for this call now: send it again later, or a smaller body.");
            }
            case CompletionException e when e.getCause() != null -> problem(what, e.getCause());
            default -> {
                LOG.errorf(failure, "%s failed", what);
                yield new Problem.Failed(what);
            }
        };
    }
}
