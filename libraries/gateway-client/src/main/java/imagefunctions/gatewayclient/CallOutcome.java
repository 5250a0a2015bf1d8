package imagefunctions.gatewayclient;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a call.
 *
 * @param <T> what the body was read into
 */
public sealed interface CallOutcome<T> {
    /** The header by which a workflow names the step that failed; it has repeated its calls itself. */
    String WORKFLOW_STEP = "X-Workflow-Step";

    /** Statuses that another gateway may have no reason for. */
    Set<Integer> ELSEWHERE = Set.of(429, 502, 503);

    /** Statuses that may tell of the gateway: 429 tells of a function's limit. */
    Set<Integer> SUSPECT = Set.of(502, 503);

    /** The gateway that this is about, {@code gateway.openfaas:8080}. */
    String gateway();

    /** Any status. */
    record Answered<T>(String gateway, HttpResponse<T> response) implements CallOutcome<T> {
        /** Whether it may be the gateway that fails. */
        boolean isSuspect() {
            return is(SUSPECT);
        }

        private boolean is(Set<Integer> statuses) {
            return statuses.contains(response.statusCode())
                    && response.headers().firstValue(WORKFLOW_STEP).isEmpty();
        }
    }

    /**
     * No connection, or one that ended before the whole answer was there.
     *
     * @param begun the answer's beginning, if there was one
     */
    record Broken<T>(String gateway, Optional<ResponseInfo> begun, Throwable failure) implements CallOutcome<T> {}

    /** No whole answer within the time. */
    record TimedOut<T>(String gateway) implements CallOutcome<T> {}

    /** Whether the same call may be made at another gateway: it was refused, or never sent. */
    default boolean mayGoElsewhere() {
        return switch (this) {
            case Answered<T> answered -> answered.is(ELSEWHERE);
            case Broken<T> broken ->
                broken.failure() instanceof ConnectException || broken.failure() instanceof HttpConnectTimeoutException;
            case TimedOut<T> t -> false;
        };
    }

    /** Whether there is a status. */
    default boolean hasBegun() {
        return switch (this) {
            case Answered<T> a -> true;
            case Broken<T> broken -> broken.begun().isPresent();
            case TimedOut<T> t -> false;
        };
    }
}
