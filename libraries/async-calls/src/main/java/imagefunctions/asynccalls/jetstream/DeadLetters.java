package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallQueue;
import imagefunctions.asynccalls.CallTerms;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.Phase;
import imagefunctions.asynccalls.QueueNames;
import imagefunctions.asynccalls.RequeueResult;
import imagefunctions.asynccalls.jetstream.CallRecord.Part;
import imagefunctions.asynccalls.jetstream.States.ChangedException;
import imagefunctions.asynccalls.jetstream.States.Kept;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Calls and results that were given up, put back into the queue. */
final class DeadLetters {
    private final Home home;
    private final QueueNames queues;

    DeadLetters(Home home, QueueNames queues) {
        this.home = home;
        this.queues = queues;
    }

    /** Puts a dead letter back, a call into the queue that its function is on now; see {@link CallQueue#requeue}. */
    RequeueResult requeue(String id) throws IOException {
        Optional<Kept> kept = Call.isId(id) ? home.states.find(id) : Optional.empty();
        if (kept.isEmpty()) {
            return RequeueResult.UNKNOWN;
        }
        CallRecord record = kept.get().record();
        if (record.isUnreadable()) {
            return RequeueResult.REQUEUED; // It was read again just now, and is a dead letter again.
        }
        if (record.state().phase() != Phase.DEAD) {
            return RequeueResult.NOT_DEAD;
        }
        try {
            if (record.call().isPresent()) {
                Part<Call> letter = record.call().get();
                if (CallTerms.of(letter.entry()).expireBy(Instant.now())) {
                    return RequeueResult.EXPIRED;
                }
                CallRecord again = record.onQueue(queues.of(letter.entry().function()))
                        .withCall(Optional.of(Part.fresh(letter.entry(), letter.body())));
                requeue(kept.get(), again, home.tokens::publishCall);
            } else {
                Part<Callback> letter = record.callback().orElseThrow();
                CallRecord again = record.withCallback(Optional.of(Part.fresh(letter.entry(), letter.body())));
                requeue(kept.get(), again, home.tokens::publishCallback);
            }
            return RequeueResult.REQUEUED;
        } catch (ChangedException e) {
            return RequeueResult.NOT_DEAD;
        }
    }

    private interface Announcement {
        void of(CallRecord record) throws IOException;
    }

    /** A dead letter that cannot be announced stays one. */
    private void requeue(Kept letter, CallRecord again, Announcement announcement)
            throws IOException, ChangedException {
        Kept alive = home.states.replace(letter, again);
        try {
            announcement.of(again);
        } catch (IOException e) {
            try {
                home.states.replace(alive, letter.record());
            } catch (ChangedException takenMeanwhile) {
                return;
            }
            throw e;
        }
    }
}
