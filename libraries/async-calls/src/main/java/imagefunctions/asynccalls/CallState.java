package imagefunctions.asynccalls;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known about a call.
 *
 * @param function empty if its file can no longer be read
 * @param accepted when it was accepted, if that can still be read
 * @param functionAttempts how often the function was called
 * @param functionStatus the function's last answer, once that was final
 * @param callbackAttempts how often the result was sent to the receiver
 * @param nextAttempt when the function or the receiver is called next, for one that waits
 * @param finished when it was delivered or given up
 * @param reason why it was given up
 */
public record CallState(
        String id,
        Phase phase,
        String function,
        Optional<Instant> accepted,
        int functionAttempts,
        Optional<Integer> functionStatus,
        int callbackAttempts,
        Optional<Instant> nextAttempt,
        Optional<Instant> finished,
        Optional<String> reason) {}
