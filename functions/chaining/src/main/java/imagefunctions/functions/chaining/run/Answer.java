package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.retry.TransientStatus;
import java.time.Duration;

/** The outcome of one request to a function. */
sealed interface Answer {
    /** A 2xx status with a complete body. */
    record Done(int status, Body body) implements Answer {}

    /**
     * Any other status.
     *
     * @param text the body, if it is text
     * @param pause what Retry-After asks for, or zero
     * @param retried whether it comes from a workflow, which has already retried its own calls
     */
    record Refused(int status, String text, Duration pause, boolean retried) implements Answer {}

    /** No connection, or one that closed before any response. */
    record Unreachable(String reason) implements Answer {}

    record TimedOut(Duration after) implements Answer {}

    /** A 2xx that cannot be used. */
    record Unusable(int status, String reason) implements Answer {}

    /** A body for which there is no memory left at the moment. */
    record MemoryExhausted(int status) implements Answer {}

    /** A request that cannot be made. */
    record InvalidRequest(String reason) implements Answer {}

    /** Whether the same call may succeed later. */
    default boolean isTransient() {
        return switch (this) {
            case Refused refused -> TransientStatus.isTransient(refused.status()) && !refused.retried();
            case Unreachable u -> true;
            case Done d -> false;
            case TimedOut t -> false;
            case Unusable u -> false;
            case MemoryExhausted n -> false;
            case InvalidRequest n -> false;
        };
    }

    /** The status of the response, 0 if there was none. */
    default int httpStatus() {
        return switch (this) {
            case Done done -> done.status();
            case Refused refused -> refused.status();
            case Unusable unusable -> unusable.status();
            case MemoryExhausted exhausted -> exhausted.status();
            case Unreachable u -> 0;
            case TimedOut t -> 0;
            case InvalidRequest i -> 0;
        };
    }

    /** Why there is nothing to go on with; empty if there is. */
    default String reason() {
        return switch (this) {
            case Done d -> "";
            case Refused refused -> refused.text();
            case Unusable unusable -> unusable.reason();
            case MemoryExhausted m -> "no memory left for its body";
            case Unreachable unreachable -> unreachable.reason();
            case TimedOut(var after) -> "no answer within " + after.toMillis() + " ms";
            case InvalidRequest invalid -> invalid.reason();
        };
    }

    /** How long the function asks callers to wait. */
    default Duration retryAfter() {
        return this instanceof Refused refused ? refused.pause() : Duration.ZERO;
    }
}
