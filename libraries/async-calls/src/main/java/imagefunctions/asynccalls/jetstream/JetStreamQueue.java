package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallClaim;
import imagefunctions.asynccalls.CallFilter;
import imagefunctions.asynccalls.CallPage;
import imagefunctions.asynccalls.CallQueue;
import imagefunctions.asynccalls.CallState;
import imagefunctions.asynccalls.CallTerms;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.CallbackClaim;
import imagefunctions.asynccalls.CancelResult;
import imagefunctions.asynccalls.DuplicateCallException;
import imagefunctions.asynccalls.EntryWriter;
import imagefunctions.asynccalls.QueueFullException;
import imagefunctions.asynccalls.QueueMetrics;
import imagefunctions.asynccalls.QueueNames;
import imagefunctions.asynccalls.RequeueResult;
import imagefunctions.asynccalls.WorkQueue;
import imagefunctions.asynccalls.jetstream.CallRecord.Part;
import imagefunctions.asynccalls.jetstream.States.ChangedException;
import imagefunctions.asynccalls.jetstream.States.Kept;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The queue on NATS JetStream: what it accepted is on as many servers as it has replicas. Any number of processes share
 * it; each call is made by one of them, and its result is sent by any.
 *
 * <p>A record for each call in a key-value bucket, bodies in an object store, and in two work-queue streams a message for
 * whatever is to be done next.
 */
public final class JetStreamQueue implements CallQueue {
    private static final System.Logger LOG = System.getLogger(JetStreamQueue.class.getName());

    private final Home home;
    private final Sweep sweep;
    private final Figures figures;
    private final DeadLetters deadLetters;
    private final Map<String, WorkQueue<CallClaim>> calls = new TreeMap<>();
    private final QueueNames queues;
    private final WorkQueue<CallbackClaim> callbacks;

    private JetStreamQueue(JetStreamSettings settings) {
        this.home = new Home(settings);
        this.sweep = new Sweep(home, settings.sweepEvery(), settings.orphanAge());
        this.figures = new Figures(home, settings.queues());
        this.queues = settings.queues();
        this.deadLetters = new DeadLetters(home, queues);
        for (String queue : queues.all()) {
            calls.put(
                    queue,
                    new JetStreamWorkQueue<>(
                            home, home.names.calls(), queue, home.limits.call(), home.functionAttempts, new Calls()));
        }
        this.callbacks = new JetStreamWorkQueue<>(
                home,
                home.names.callbacks(),
                Names.CALLBACKS,
                home.limits.callback(),
                home.callbackAttempts,
                new Callbacks());
    }

    /** Begins to look for the servers; until they are found, nothing is accepted. */
    public static JetStreamQueue open(JetStreamSettings settings) {
        return new JetStreamQueue(settings);
    }

    private final class Calls implements JetStreamWorkQueue.Kind<Call, CallClaim> {
        @Override
        public Optional<Part<Call>> living(CallRecord record) {
            return record.livingCall();
        }

        @Override
        public CallRecord with(CallRecord record, Part<Call> part) {
            return record.withCall(Optional.of(part));
        }

        @Override
        public CallClaim claim(Delivery delivery, Kept kept, Part<Call> part, boolean exhausted) {
            return new JetStreamCall(home, delivery, kept, part, exhausted);
        }

        @Override
        public void past(CallRecord record) throws IOException {
            if (record.livingCallback().isPresent()) {
                home.tokens.ensureCallback(record);
            }
            if (record.call().isEmpty()) {
                home.callBodies.delete(new StoredBody(record.acceptance(), 1));
            }
        }
    }

    private final class Callbacks implements JetStreamWorkQueue.Kind<Callback, CallbackClaim> {
        @Override
        public Optional<Part<Callback>> living(CallRecord record) {
            return record.livingCallback();
        }

        @Override
        public CallRecord with(CallRecord record, Part<Callback> part) {
            return record.withCallback(Optional.of(part));
        }

        @Override
        public CallbackClaim claim(Delivery delivery, Kept kept, Part<Callback> part, boolean exhausted) {
            return new JetStreamCallback(home, delivery, kept, part, exhausted);
        }

        /** The body of a result that was delivered is left to the sweep: its name was in the record alone. */
        @Override
        public void past(CallRecord record) {}
    }

    @Override
    public EntryWriter accept(Call call, OptionalLong length) throws IOException {
        CallTerms.check(call, home.limits.call());
        home.link.check();
        if (isTaken(home.states.find(call.id()))) {
            throw new DuplicateCallException(call.id());
        }
        if (figures.isFull()) {
            throw full();
        }
        String acceptance = UUID.randomUUID().toString();
        return new BodyWriter(
                home.callBodies,
                acceptance,
                call.id(),
                length,
                home.limits.maxBody(),
                stored -> commit(CallRecord.accepted(acceptance, queues.of(call.function()), call, stored), stored));
    }

    private QueueFullException full() {
        return new QueueFullException(
                "The queue of asynchronous calls is full: " + home.limits.maxCalls() + " calls are not finished.");
    }

    private static boolean isTaken(Optional<Kept> kept) {
        return kept.filter(k -> k.record().delivered().isEmpty()).isPresent();
    }

    private void commit(CallRecord record, StoredBody body) throws IOException {
        Kept kept;
        try {
            kept = write(record);
        } catch (ChangedException e) {
            home.callBodies.delete(body);
            throw new DuplicateCallException(record.id());
        }
        try {
            home.tokens.publishCall(record);
        } catch (QueueFullException e) {
            takeBack(kept, body);
            throw full();
        } catch (IOException e) {
            // Whether it got through or not: a call that was not accepted may be made, and one without its body may
            // not.
            takeBack(kept, body);
            throw e;
        }
    }

    private Kept write(CallRecord record) throws IOException, ChangedException {
        Optional<Kept> before = home.states.find(record.id());
        if (isTaken(before)) {
            throw new ChangedException();
        }
        if (before.isPresent()) {
            try {
                return home.states.replace(before.get(), record);
            } catch (ChangedException e) {
                LOG.log(System.Logger.Level.DEBUG, "Call {0} was forgotten just now, or is taken", record.id());
            }
        }
        return home.states.create(record);
    }

    private void takeBack(Kept kept, StoredBody body) throws IOException {
        try {
            home.states.remove(kept);
            home.callBodies.delete(body);
        } catch (ChangedException e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Call {0} was not accepted, and is made",
                    kept.record().id());
        }
    }

    @Override
    public Optional<CallState> state(String id) throws IOException {
        return Call.isId(id) ? home.states.find(id).map(kept -> kept.record().state()) : Optional.empty();
    }

    @Override
    public CallPage list(CallFilter filter, String after, int size) throws IOException {
        TreeMap<String, CallState> page = new TreeMap<>();
        home.states.scan(
                kept -> {
                    CallState state = kept.record().state();
                    if (state.id().compareTo(after) > 0 && filter.accepts(state)) {
                        page.put(state.id(), state);
                        if (page.size() > size + 1) {
                            page.pollLastEntry();
                        }
                    }
                },
                mark -> {});
        boolean more = page.size() > size;
        if (more) {
            page.pollLastEntry();
        }
        List<CallState> states = new ArrayList<>(page.values());
        return new CallPage(states, more ? Optional.of(page.lastKey()) : Optional.empty());
    }

    @Override
    public CancelResult cancel(String id) throws IOException {
        Optional<Kept> kept = Call.isId(id) ? home.states.find(id) : Optional.empty();
        if (kept.isEmpty()) {
            return CancelResult.UNKNOWN;
        }
        CallRecord record = kept.get().record();
        Optional<Part<Call>> waiting =
                record.livingCall().filter(part -> part.holder().isEmpty());
        if (waiting.isEmpty() || record.callback().isPresent()) {
            return CancelResult.STARTED;
        }
        try {
            home.states.remove(kept.get());
        } catch (ChangedException e) {
            return CancelResult.STARTED;
        }
        home.tokens.removeCall(record);
        home.callBodies.delete(waiting.get().body());
        return CancelResult.CANCELLED;
    }

    @Override
    public RequeueResult requeue(String id) throws IOException {
        return deadLetters.requeue(id);
    }

    @Override
    public QueueMetrics metrics() {
        return figures.now(sweep.dead());
    }

    @Override
    public boolean isReachable() {
        return home.link.isReachable();
    }

    @Override
    public WorkQueue<CallClaim> calls(String queue) {
        return Objects.requireNonNull(calls.get(queue), queue);
    }

    @Override
    public WorkQueue<CallbackClaim> callbacks() {
        return callbacks;
    }

    @Override
    public void close() {
        calls.values().forEach(WorkQueue::close);
        callbacks.close();
        sweep.close();
        home.heartbeats.close();
        home.link.close();
    }
}
