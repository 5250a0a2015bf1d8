package imagefunctions.asynccalls;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a call.
 *
 * @param function empty if its file can no longer be read
 * @param accepted when it was taken on, if that can still be read
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
        Optional<String> reason) {

    static CallState of(Call call, DelayQueue.Place place) {
        return new CallState(
                call.id(),
                place.claimed() ? Phase.RUNNING : Phase.QUEUED,
                call.function(),
                Optional.of(call.accepted()),
                place.attempt(),
                Optional.empty(),
                0,
                place.claimed() ? Optional.empty() : Optional.of(place.due()),
                Optional.empty(),
                Optional.empty());
    }

    static CallState of(Callback callback, DelayQueue.Place place) {
        return new CallState(
                callback.id(),
                Phase.RUNNING,
                callback.function(),
                Optional.of(callback.accepted()),
                callback.attempts(),
                Optional.of(callback.status()),
                place.attempt(),
                place.claimed() ? Optional.empty() : Optional.of(place.due()),
                Optional.empty(),
                callback.failure());
    }

    /** A call whose file was altered: a worker that comes to it makes it a dead letter. */
    static CallState unreadable(String id, DelayQueue.Place place) {
        return new CallState(
                id,
                Phase.QUEUED,
                "",
                Optional.empty(),
                place.attempt(),
                Optional.empty(),
                0,
                Optional.of(place.due()),
                Optional.empty(),
                Optional.empty());
    }

    static CallState delivered(Callback callback, int callbackAttempts, Instant finished) {
        return new CallState(
                callback.id(),
                Phase.DELIVERED,
                callback.function(),
                Optional.of(callback.accepted()),
                callback.attempts(),
                Optional.of(callback.status()),
                callbackAttempts,
                Optional.empty(),
                Optional.of(finished),
                Optional.empty());
    }

    static CallState delivered(Call call, int attempts, int status, Instant finished) {
        return new CallState(
                call.id(),
                Phase.DELIVERED,
                call.function(),
                Optional.of(call.accepted()),
                attempts,
                Optional.of(status),
                0,
                Optional.empty(),
                Optional.of(finished),
                Optional.empty());
    }

    static CallState dead(String id, Optional<QueueEntry> item, DeadLetters.Letter letter) {
        Optional<Callback> callback = item.filter(Callback.class::isInstance).map(Callback.class::cast);
        return new CallState(
                id,
                Phase.DEAD,
                item.map(QueueEntry::function).orElse(""),
                item.map(QueueEntry::accepted),
                callback.map(Callback::attempts).orElse(letter.attempts()),
                callback.map(Callback::status),
                callback.isPresent() ? letter.attempts() : 0,
                Optional.empty(),
                Optional.of(letter.died()),
                Optional.of(letter.reason()));
    }
}
