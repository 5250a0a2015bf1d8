package imagefunctions.gatewayclient;

import imagefunctions.retry.TransientStatus;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Optional;
import java.util.Set;

/**
 * The outcome of a call.
 *
 * @param <T> what the body was read into
 */
public sealed interface CallOutcome<T> {
    /**
     * Transient statuses after which no other gateway is asked: after 408 and 504 the work may be done, or its time used up;
     * 425 asks for the same request again, of the same server (RFC 8470).
     */
    Set<Integer> NOT_ELSEWHERE = Set.of(408, 425, 504);

    /** Statuses that may be the gateway's own: 429 is a function's limit. */
    Set<Integer> SUSPECT = Set.of(502, 503);

    /**
     * Whether an answer ended the call before its work, so that it may be made at another gateway.
     *
     * @param workflowStep its header {@link TransientStatus#WORKFLOW_STEP}
     */
    static boolean isRefusal(int status, Optional<String> workflowStep) {
        return TransientStatus.isTransient(status) && !NOT_ELSEWHERE.contains(status) && workflowStep.isEmpty();
    }

    /** The gateway that this is about, {@code gateway.openfaas:8080}. */
    String gateway();

    /** Any status. */
    record Answered<T>(String gateway, HttpResponse<T> response) implements CallOutcome<T> {
        Optional<String> workflowStep() {
            return response.headers().firstValue(TransientStatus.WORKFLOW_STEP);
        }
    }

    /**
     * No connection, or one that ended before the whole answer was there.
     *
     * @param begun the answer's beginning, if there was one
     */
    record Broken<T>(String gateway, Optional<ResponseInfo> begun, Throwable failure) implements CallOutcome<T> {
        /** Whether there was no connection, so that nothing was sent. */
        public boolean isUnreachable() {
            return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
        }
    }

    /** No whole answer within the time. */
    record TimedOut<T>(String gateway) implements CallOutcome<T> {}

    /** Whether the same call may be made at another gateway: it was refused, or never sent. */
    default boolean mayFailOver() {
        return switch (this) {
            case Answered<T> answered -> isRefusal(answered.response().statusCode(), answered.workflowStep());
            case Broken<T> broken -> broken.isUnreachable();
            case TimedOut<T> t -> false;
        };
    }

    /** Whether there is a status. */
    default boolean hasStatus() {
        return switch (this) {
            case Answered<T> a -> true;
            case Broken<T> broken -> broken.begun().isPresent();
            case TimedOut<T> t -> false;
        };
    }
}
