package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.Claim;
import imagefunctions.asynccalls.QueueEntry;
import imagefunctions.asynccalls.StoredEntry;
import imagefunctions.asynccalls.jetstream.CallRecord.Part;
import imagefunctions.asynccalls.jetstream.States.ChangedException;
import imagefunctions.asynccalls.jetstream.States.Kept;
import imagefunctions.retry.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A message that one worker holds, and with it the record that names this worker. A worker that is taken for dead though
 * it lives finds the record changed, and what it did counts for nothing.
 */
abstract sealed class JetStreamClaim<T extends QueueEntry> implements Claim<T>
        permits JetStreamCall, JetStreamCallback {
    private static final System.Logger LOG = System.getLogger(JetStreamClaim.class.getName());

    final Home home;
    private final Delivery delivery;
    private Part<T> part;
    private final Bodies bodies;
    private final RetryPolicy policy;
    private final boolean exhausted;
    private Kept kept;
    private boolean lost;

    JetStreamClaim(
            Home home,
            Delivery delivery,
            Kept kept,
            Part<T> part,
            Bodies bodies,
            RetryPolicy policy,
            boolean exhausted) {
        this.home = home;
        this.delivery = delivery;
        this.kept = kept;
        this.part = part;
        this.bodies = bodies;
        this.policy = policy;
        this.exhausted = exhausted;
        home.heartbeats.add(delivery);
    }

    /** The record with this part of it instead of what is there. */
    abstract CallRecord with(CallRecord record, Optional<Part<T>> now);

    Part<T> part() {
        return part;
    }

    void forgetAttempt() {
        part = part.uncounted();
    }

    String id() {
        return kept.record().id();
    }

    @Override
    public int attempt() {
        return part.attempts();
    }

    @Override
    public boolean isExhausted() {
        return exhausted;
    }

    @Override
    public StoredEntry<T> read() {
        return new StoredEntry<>(part.entry(), bodies.body(part.body()));
    }

    @Override
    public boolean allowsRetry() {
        return policy.allowsAfter(part.attempts());
    }

    @Override
    public Duration backoff(Duration asked) {
        return policy.backoff().withJitter(part.attempts(), asked);
    }

    @Override
    public void retry(Duration wait) throws IOException {
        leave(part.attempts(), wait);
    }

    @Override
    public void postpone(Duration wait) throws IOException {
        leave(part.attempts() - 1, wait);
    }

    private void leave(int attempts, Duration wait) throws IOException {
        if (change(record -> with(record, Optional.of(part.waiting(attempts, wait))))) {
            delivery.nak(wait);
        }
        release();
    }

    @Override
    public void abandon() {
        release();
    }

    /** Changes the record, unless this worker has lost it; returns whether it still holds it. */
    boolean change(UnaryOperator<CallRecord> change) throws IOException {
        if (lost) {
            return false;
        }
        try {
            kept = home.states.replace(kept, change.apply(kept.record()));
            return true;
        } catch (ChangedException e) {
            lost = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Call {0}: another worker has taken it over, what this one did does not count",
                    id());
            return false;
        }
    }

    CallRecord record() {
        return kept.record();
    }

    /** Nobody is to get the message again. */
    void done() {
        delivery.ack();
        release();
    }

    void release() {
        home.heartbeats.remove(delivery);
    }

    void removeBody() throws IOException {
        bodies.delete(part.body());
    }
}
