package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallState;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.Failure;
import imagefunctions.asynccalls.Phase;
import imagefunctions.asynccalls.QueueEntry;
import imagefunctions.asynccalls.QueueNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a call: the one truth of it, written by compare and set. The messages of the streams only say that
 * somebody is to look here.
 *
 * @param acceptance differs for each time that a call of this id was accepted
 * @param queue whose workers call the function
 * @param call the call itself, until its result is kept; as a dead letter, for longer
 * @param callback the result, until the receiver has it; as a dead letter, for longer
 * @param delivered how it ended, if it is done
 */
record CallRecord(
        String id,
        String acceptance,
        String queue,
        Optional<Part<Call>> call,
        Optional<Part<Callback>> callback,
        Optional<CallState> delivered) {

    /** Until when an entry is to be left alone, and how long that was to be. */
    record Pause(Instant until, Duration length) {
        static Pause of(Duration length) {
            return new Pause(Instant.now().plus(length), length);
        }

        /** What remains; nothing if that is longer than the whole, since a clock was set meanwhile. */
        Duration left() {
            Duration left = Duration.between(Instant.now(), until);
            return left.isNegative() || left.compareTo(length) > 0 ? Duration.ZERO : left;
        }
    }

    /** When and why an entry was given up. */
    record Death(Instant since, Failure failure) {}

    /**
     * An entry and its body.
     *
     * @param holder the worker that holds it, if one does
     * @param pause if it waits for its next attempt
     * @param death if it is a dead letter
     */
    record Part<T extends QueueEntry>(
            T entry,
            StoredBody body,
            int attempts,
            Optional<String> holder,
            Optional<Pause> pause,
            Optional<Death> death) {

        static <T extends QueueEntry> Part<T> fresh(T entry, StoredBody body) {
            return new Part<>(entry, body, 0, Optional.empty(), Optional.empty(), Optional.empty());
        }

        Part<T> held(String by, int attempt) {
            return new Part<>(entry, body, attempt, Optional.of(by), Optional.empty(), Optional.empty());
        }

        Part<T> waiting(int attempts, Duration wait) {
            return new Part<>(entry, body, attempts, Optional.empty(), Optional.of(Pause.of(wait)), Optional.empty());
        }

        Part<T> uncounted() {
            return new Part<>(entry, body, attempts - 1, holder, pause, death);
        }

        Part<T> dead(Failure failure) {
            Failure onOneLine = new Failure(failure.reason().replace('\n', ' '), failure.functionStatus());
            return new Part<>(
                    entry,
                    body,
                    attempts,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new Death(Instant.now(), onOneLine)));
        }

        boolean isAlive() {
            return death.isEmpty();
        }
    }

    static CallRecord accepted(String acceptance, String queue, Call call, StoredBody body) {
        return new CallRecord(
                call.id(), acceptance, queue, Optional.of(Part.fresh(call, body)), Optional.empty(), Optional.empty());
    }

    /** What a record is taken for that cannot be read: a dead letter, of which nothing else is known. */
    static CallRecord unreadable(String id, Instant since, String reason) {
        Part<Call> letter = new Part<>(
                new Call(id, "", "", "", List.of(), since),
                new StoredBody("", 0),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Death(since, Failure.of(reason))));
        return new CallRecord(id, "", QueueNames.DEFAULT, Optional.of(letter), Optional.empty(), Optional.empty());
    }

    boolean isUnreadable() {
        return acceptance.isEmpty();
    }

    CallRecord onQueue(String name) {
        return new CallRecord(id, acceptance, name, call, callback, delivered);
    }

    CallRecord withCall(Optional<Part<Call>> call) {
        return new CallRecord(id, acceptance, queue, call, callback, delivered);
    }

    CallRecord withCallback(Optional<Part<Callback>> callback) {
        return new CallRecord(id, acceptance, queue, call, callback, delivered);
    }

    CallRecord delivered(QueueEntry entry, int attempts, int status, int callbackAttempts) {
        CallState state = new CallState(
                id,
                Phase.DELIVERED,
                entry.function(),
                Optional.of(entry.accepted()),
                attempts,
                Optional.of(status),
                callbackAttempts,
                Optional.empty(),
                Optional.of(Instant.now()),
                Optional.empty());
        return new CallRecord(id, acceptance, queue, Optional.empty(), Optional.empty(), Optional.of(state));
    }

    Optional<Part<Call>> livingCall() {
        return call.filter(Part::isAlive);
    }

    Optional<Part<Callback>> livingCallback() {
        return callback.filter(Part::isAlive);
    }

    CallState state() {
        if (delivered.isPresent()) {
            return delivered.get();
        }
        return livingCall()
                .map(this::stateOf)
                .or(() -> livingCallback().map(this::stateOf))
                .or(() -> call.map(this::stateOf))
                .or(() -> callback.map(this::stateOf))
                .orElseThrow();
    }

    private CallState stateOf(Part<? extends QueueEntry> part) {
        Optional<Callback> result =
                part.entry() instanceof Callback callbackEntry ? Optional.of(callbackEntry) : Optional.empty();
        Optional<Failure> failure = part.death().map(Death::failure);
        Phase living = result.isPresent() || part.holder().isPresent() ? Phase.RUNNING : Phase.QUEUED;
        return new CallState(
                id,
                part.isAlive() ? living : Phase.DEAD,
                part.entry().function(),
                Optional.of(part.entry().accepted()),
                result.map(Callback::attempts).orElse(part.attempts()),
                result.map(Callback::status).or(() -> failure.flatMap(Failure::functionStatus)),
                result.isPresent() ? part.attempts() : 0,
                part.isAlive() && part.holder().isEmpty()
                        ? Optional.of(part.pause()
                                .map(Pause::until)
                                .orElse(part.entry().accepted()))
                        : Optional.empty(),
                part.death().map(Death::since),
                failure.map(Failure::reason).or(() -> result.flatMap(Callback::failure)));
    }
}
