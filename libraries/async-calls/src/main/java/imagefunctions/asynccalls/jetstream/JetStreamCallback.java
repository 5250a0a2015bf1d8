package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.CallbackClaim;
import imagefunctions.asynccalls.Failure;
import imagefunctions.asynccalls.jetstream.CallRecord.Part;
import imagefunctions.asynccalls.jetstream.States.Kept;
import java.io.IOException;
import java.util.Optional;

/** A result that one worker holds. */
final class JetStreamCallback extends JetStreamClaim<Callback> implements CallbackClaim {
    private static final System.Logger LOG = System.getLogger(JetStreamCallback.class.getName());

    JetStreamCallback(Home home, Delivery delivery, Kept kept, Part<Callback> part, boolean exhausted) {
        super(home, delivery, kept, part, home.resultBodies, home.limits.callback(), exhausted);
    }

    @Override
    CallRecord with(CallRecord record, Optional<Part<Callback>> now) {
        return record.withCallback(now);
    }

    @Override
    public void delivered(Callback callback) throws IOException {
        boolean held = change(record -> record.call().isPresent()
                ? record.withCallback(Optional.empty())
                : record.delivered(callback, callback.attempts(), callback.status(), attempt()));
        if (held) {
            home.deliveries.increment();
        }
        finish(held);
    }

    /** The notice of a failure needs no dead letter of its own: its call is one already. */
    @Override
    public void failed(Optional<Callback> callback, String reason) throws IOException {
        boolean notice = callback.flatMap(Callback::failure).isPresent()
                && record().call().isPresent();
        if (notice) {
            finish(change(record -> withReason(record, "The receiver was not notified: " + reason)));
        } else if (change(record -> record.withCallback(Optional.of(part().dead(Failure.of(reason)))))) {
            LOG.log(System.Logger.Level.WARNING, "Dead letter {0}, a result: {1}", id(), reason);
            home.givenUp.increment();
            done();
        } else {
            release();
        }
    }

    private static CallRecord withReason(CallRecord record, String more) {
        return record.withCall(record.call()
                        .map(letter -> letter.dead(letter.death()
                                .map(CallRecord.Death::failure)
                                .map(failure -> new Failure(failure.reason() + " " + more, failure.functionStatus()))
                                .orElse(Failure.of(more)))))
                .withCallback(Optional.empty());
    }

    private void finish(boolean held) throws IOException {
        if (held) {
            removeBody();
            done();
        } else {
            release();
        }
    }
}
