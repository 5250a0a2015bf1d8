package imagefunctions.localgateway.async;

import com.fasterxml.jackson.annotation.JsonInclude;
import imagefunctions.asynccalls.CallState;
import java.time.Instant;
import java.util.Optional;

/**
 * An asynchronous call as {@code GET /system/async/CALL-ID} describes it; members that do not apply are omitted.
 *
 * @param state queued, running, delivered or dead
 * @param functionStatus the function's answer, once that was final
 * @param reason why it was given up
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record AsyncCall(
        String callId,
        String state,
        String function,
        Optional<Instant> accepted,
        int functionAttempts,
        Optional<Integer> functionStatus,
        int callbackAttempts,
        Optional<Instant> nextAttempt,
        Optional<Instant> finished,
        Optional<String> reason) {

    static AsyncCall of(CallState call) {
        return new AsyncCall(
                call.id(),
                AsyncApi.name(call.phase()),
                call.function(),
                call.accepted(),
                call.functionAttempts(),
                call.functionStatus(),
                call.callbackAttempts(),
                call.nextAttempt(),
                call.finished(),
                call.reason());
    }
}
