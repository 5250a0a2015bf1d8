package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.BodyTooLargeException;
import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallTerms;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.CorruptEntryException;
import imagefunctions.asynccalls.EntryHead;
import imagefunctions.asynccalls.Failure;
import imagefunctions.asynccalls.QueueEntry;
import imagefunctions.asynccalls.QueueFullException;
import imagefunctions.asynccalls.RequeueResult;
import imagefunctions.folders.FolderLock;
import imagefunctions.folders.PrivateFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is on disk, and every step that an entry takes there. Each step is one rename or one delete, in an order that
 * never leaves a moment without the entry.
 *
 * <pre>
 * in/                       bodies that are being written
 * calls/N/ID.call           calls whose function was attempted N times
 * queues/NAME/N/ID.call     the same, of functions that are on a queue of their own
 * callbacks/N/ID.callback   results that were sent N times
 * dead/                     what was given up, each with its reason
 * delivered                 the last delivered calls
 * </pre>
 */
final class SpoolFolder implements AutoCloseable {
    private static final String CALLBACK = ".callback";

    final SpoolSettings settings;
    final DiskBudget budget;
    final CallQueues calls;
    final DelayQueue<Callback> callbacks;
    final DeadLetters dead;
    final DeliveredCalls delivered;
    final LongAdder deliveries = new LongAdder();
    final LongAdder givenUp = new LongAdder();
    private final InstantSource clock;
    private final Path in;
    private final FolderLock lock;

    SpoolFolder(SpoolSettings settings, InstantSource clock) throws IOException {
        this.settings = settings;
        this.clock = clock;
        Path folder = PrivateFolder.make(settings.folder());
        this.lock = FolderLock.of(folder);
        this.in = PrivateFolder.make(folder.resolve("in"));
        try (DirectoryStream<Path> neverAcknowledged = Files.newDirectoryStream(in)) {
            for (Path part : neverAcknowledged) {
                Files.delete(part);
            }
        }
        this.calls = new CallQueues(folder, settings.queues(), settings.limits().call(), clock);
        this.callbacks = new DelayQueue<>(
                folder.resolve("callbacks"),
                CALLBACK,
                Callback.class,
                settings.limits().callback(),
                clock);
        this.dead = new DeadLetters(folder.resolve("dead"), settings, clock);
        this.delivered = new DeliveredCalls(folder.resolve("delivered"), settings, clock);
        this.budget = new DiskBudget(settings);
        budget.add(calls.bytesAtStart() + callbacks.bytesAtStart());
        finishInterrupted();
    }

    /** A process that ended between keeping a result and deleting its call left both: that call is done. */
    private void finishInterrupted() throws IOException {
        callbacks.forEachId(id -> {
            Optional<DelayQueue<Call>> queue = calls.holding(id);
            Optional<AttemptFolders.Location> callback = callbacks.find(id);
            if (queue.isEmpty() || callback.isEmpty()) {
                return;
            }
            AttemptFolders.Location call = queue.get().find(id).orElseThrow();
            try {
                Callback result =
                        EntryFile.read(callback.get().file(), Callback.class).entry();
                callResolved(
                        queue.get(),
                        queue.get().claim(id, call),
                        result.failure().map(reason -> new Failure(reason, Optional.of(result.status()))));
            } catch (CorruptEntryException e) {
                callbackFailed(callbacks.claim(id, callback.get()), Optional.empty(), e.getMessage());
            }
        });
    }

    List<DelayQueue<?>> queues() {
        List<DelayQueue<?>> queues = new ArrayList<>(calls.all());
        queues.add(callbacks);
        return queues;
    }

    /** Begins to write a call; the room for its body is reserved here. */
    SpoolWriter write(Call call, OptionalLong bodyLength) throws IOException {
        DelayQueue<Call> queue = calls.of(call.function());
        return write(
                call,
                queue.nameOf(call.id()),
                bodyLength,
                budget::reserveForCall,
                (file, part) -> queue.add(call.id(), part, () -> file.force(false)));
    }

    /**
     * Begins to write a result; the room for its body is reserved here. A call that has a result on disk is done; the result
     * is held back until its call has left the queue, or the notice of a failure might be given up before its call is.
     */
    SpoolWriter write(Callback result, OptionalLong bodyLength) throws IOException {
        return write(result, callbacks.nameOf(result.id()), bodyLength, budget::reserveForResult, (file, part) -> {
            file.force(false);
            callbacks.addHeld(result.id(), part);
        });
    }

    private interface Reservation {
        void of(long bytes) throws QueueFullException;
    }

    private SpoolWriter write(
            QueueEntry entry, String name, OptionalLong bodyLength, Reservation room, SpoolWriter.Naming naming)
            throws IOException {
        byte[] head = EntryHead.encode(entry);
        long body = bodyLength.orElse(settings.limits().maxBody());
        if (body > settings.limits().maxBody()) {
            throw new BodyTooLargeException(settings.limits().maxBody());
        }
        long reserved = EntryFile.size(head, body);
        room.of(reserved);
        try {
            return new SpoolWriter(
                    in.resolve(name),
                    entry.id(),
                    head,
                    bodyLength,
                    settings.limits().maxBody(),
                    reserved,
                    budget,
                    naming);
        } catch (IOException e) {
            budget.release(reserved);
            throw e;
        }
    }

    /** Removes a call that no worker holds, and returns whether there was one. */
    boolean cancel(String id) throws IOException {
        Path out = in.resolve(id + ".cancelled");
        Optional<DelayQueue<Call>> queue = calls.holding(id);
        if (queue.isEmpty() || !queue.get().withdraw(id, out)) {
            return false;
        }
        budget.release(Files.size(out));
        Files.delete(out);
        return true;
    }

    /** The call has its result on disk, or needs none; with a failure it stays as a dead letter. */
    void callResolved(DelayQueue<Call> queue, ClaimedFile claim, Optional<Failure> failure) throws IOException {
        if (failure.isPresent()) {
            giveUp(queue, claim, failure.get());
        } else {
            delete(queue, claim);
        }
        callbacks.release(claim.id());
    }

    /** Deleted before the list of delivered calls is written: a full disk must not have it delivered again. */
    void callSucceeded(DelayQueue<Call> queue, ClaimedFile claim, Call call, int status) throws IOException {
        delivered.remember(call, claim.attempt(), status);
        delete(queue, claim);
        deliveries.increment();
        delivered.write(call.id());
    }

    void callbackDelivered(ClaimedFile claim, Callback callback) throws IOException {
        boolean ofDeadCall = dead.has(CallQueues.nameOf(claim.id()));
        if (!ofDeadCall) {
            delivered.remember(callback, claim.attempt());
        }
        delete(callbacks, claim);
        deliveries.increment();
        if (!ofDeadCall) {
            delivered.write(callback.id());
        }
    }

    /** The notice of a failure needs no dead letter of its own: its call is one already. */
    void callbackFailed(ClaimedFile claim, Optional<Callback> callback, String reason) throws IOException {
        boolean notice = callback.flatMap(Callback::failure).isPresent();
        if (notice && dead.addReason(CallQueues.nameOf(claim.id()), "The receiver was not notified: " + reason)) {
            delete(callbacks, claim);
        } else {
            giveUp(callbacks, claim, Failure.of(reason));
        }
    }

    /** Has the dead letter of a call attempted as if it were new, or else that of its result. */
    RequeueResult requeue(String id) throws IOException {
        Optional<DeadLetters.DeadLetter> call = dead.find(CallQueues.nameOf(id));
        if (call.isPresent()) {
            Optional<QueueEntry> entry = call.get().entry();
            if (entry.isPresent()
                    && entry.get() instanceof Call sent
                    && CallTerms.of(sent).expireBy(clock.instant())) {
                return RequeueResult.EXPIRED;
            }
            requeue(id, call.get(), calls.of(entry.map(QueueEntry::function).orElse("")));
            return RequeueResult.REQUEUED;
        }
        Optional<DeadLetters.DeadLetter> callback = dead.find(callbacks.nameOf(id));
        if (callback.isEmpty()) {
            return RequeueResult.NOT_DEAD;
        }
        requeue(id, callback.get(), callbacks);
        return RequeueResult.REQUEUED;
    }

    private void requeue(String id, DeadLetters.DeadLetter letter, DelayQueue<?> queue) throws IOException {
        long size = Files.size(letter.file());
        budget.reserveForRequeue(size);
        try {
            dead.moveOut(letter.file(), file -> queue.add(id, file));
        } catch (IOException e) {
            budget.release(size);
            throw e;
        }
    }

    private void giveUp(DelayQueue<?> queue, ClaimedFile claim, Failure failure) throws IOException {
        long size = Files.size(claim.file());
        dead.add(claim.file(), queue.nameOf(claim.id()), claim.attempt(), failure);
        givenUp.increment();
        budget.release(size);
        queue.removed(claim);
    }

    private void delete(DelayQueue<?> queue, ClaimedFile claim) throws IOException {
        long size = Files.size(claim.file());
        queue.delete(claim);
        budget.release(size);
    }

    @Override
    public void close() throws IOException {
        calls.close();
        callbacks.close();
        lock.close();
    }
}
