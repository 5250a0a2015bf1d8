package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.CallState;
import imagefunctions.asynccalls.Claim;
import imagefunctions.asynccalls.QueueEntry;
import imagefunctions.asynccalls.WorkQueue;
import imagefunctions.asynccalls.jetstream.CallRecord.Part;
import imagefunctions.asynccalls.jetstream.CallRecord.Pause;
import imagefunctions.asynccalls.jetstream.RecordCodec.NewerException;
import imagefunctions.asynccalls.jetstream.States.ChangedException;
import imagefunctions.asynccalls.jetstream.States.Kept;
import imagefunctions.retry.RetryPolicy;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The messages of one consumer, each handed to one worker of one process when it is due. */
final class JetStreamWorkQueue<T extends QueueEntry, C extends Claim<T>> implements WorkQueue<C> {
    private static final System.Logger LOG = System.getLogger(JetStreamWorkQueue.class.getName());
    private static final Duration PULL = Duration.ofSeconds(5);
    /** How long a message may be ahead of its record, before it is taken for one whose call was cancelled. */
    private static final Duration RECORD_IS_THERE_BY_NOW = Duration.ofMinutes(1);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration LEFT_TO_NEWER = Duration.ofSeconds(10);

    /** What differs between calls and results. */
    interface Kind<T extends QueueEntry, C> {
        Optional<Part<T>> living(CallRecord record);

        CallRecord with(CallRecord record, Part<T> part);

        C claim(Delivery delivery, Kept kept, Part<T> part, boolean exhausted);

        /** Finishes what another worker may have left undone after the entry had gone on. */
        void past(CallRecord record) throws IOException;
    }

    private final Home home;
    private final String stream;
    private final String consumer;
    private final RetryPolicy policy;
    private final LongAdder attempts;
    private final Kind<T, C> kind;
    private final ConcurrentLinkedDeque<JetStreamSubscription> idle = new ConcurrentLinkedDeque<>();
    private final Set<JetStreamSubscription> all = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    JetStreamWorkQueue(
            Home home, String stream, String consumer, RetryPolicy policy, LongAdder attempts, Kind<T, C> kind) {
        this.home = home;
        this.stream = stream;
        this.consumer = consumer;
        this.policy = policy;
        this.attempts = attempts;
        this.kind = kind;
    }

    @Override
    public @Nullable C take() throws InterruptedException, IOException {
        while (!closed) {
            Message message = next();
            C claim = message == null ? null : claim(new Delivery(home.link, message));
            if (claim != null) {
                return claim;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return null;
    }

    private @Nullable Message next() throws InterruptedException {
        Session session = home.link.await();
        if (session == null) {
            return null;
        }
        JetStreamSubscription subscription = idle.poll();
        try {
            if (subscription == null) {
                subscription = session.js().subscribe(null, PullSubscribeOptions.bind(stream, consumer));
                all.add(subscription);
            }
            if (closed) {
                subscription.unsubscribe();
                return null;
            }
            Message message = subscription.fetch(1, PULL).stream().findFirst().orElse(null);
            idle.push(subscription);
            return message;
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            if (!closed) {
                LOG.log(System.Logger.Level.DEBUG, "The consumer {0} is asked again: {1}", consumer, e.getMessage());
                forget(subscription);
                Thread.sleep(LOOK_AGAIN);
            }
            return null;
        }
    }

    private void forget(@Nullable JetStreamSubscription subscription) {
        if (subscription != null) {
            all.remove(subscription);
            try {
                subscription.unsubscribe();
            } catch (IllegalStateException gone) {
                // It ended by itself.
            }
        }
    }

    private @Nullable C claim(Delivery delivery) throws IOException {
        Optional<Kept> found;
        try {
            found = home.states.find(delivery.id());
        } catch (NewerException e) {
            delivery.nak(LEFT_TO_NEWER);
            return null;
        }
        if (found.filter(kept -> kept.record().isUnreadable()).isPresent()) {
            CallState letter = found.get().record().state();
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Dead letter {0}: {1}",
                    letter.id(),
                    letter.reason().orElse(""));
            home.givenUp.increment();
            delivery.ack();
            return null;
        }
        if (found.isEmpty() || !found.get().record().acceptance().equals(delivery.acceptance())) {
            stranger(delivery);
            return null;
        }
        Kept kept = found.get();
        Optional<Part<T>> living = kind.living(kept.record());
        if (living.isEmpty()) {
            kind.past(kept.record());
            delivery.ack();
            return null;
        }
        Duration left = living.get().pause().map(Pause::left).orElse(Duration.ZERO);
        if (left.isPositive()) {
            delivery.nak(left);
            return null;
        }
        return claim(delivery, kept, living.get());
    }

    private @Nullable C claim(Delivery delivery, Kept kept, Part<T> part) throws IOException {
        boolean exhausted = part.attempts() >= policy.attempts();
        Part<T> held = part.held(UUID.randomUUID().toString(), exhausted ? part.attempts() : part.attempts() + 1);
        try {
            Kept mine = home.states.replace(kept, kind.with(kept.record(), held));
            if (!exhausted) {
                attempts.increment();
            }
            return kind.claim(delivery, mine, held, exhausted);
        } catch (ChangedException e) {
            delivery.nak(LOOK_AGAIN);
            return null;
        }
    }

    /** A message without its record: that will be seen, or the call was cancelled. */
    private static void stranger(Delivery delivery) {
        if (delivery.published().isBefore(Instant.now().minus(RECORD_IS_THERE_BY_NOW))) {
            delivery.ack();
        } else {
            delivery.nak(LOOK_AGAIN);
        }
    }

    @Override
    public void close() {
        closed = true;
        all.forEach(this::forget);
    }
}
