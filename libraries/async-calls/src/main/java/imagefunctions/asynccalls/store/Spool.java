package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.BodyTooLargeException;
import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallPage;
import imagefunctions.asynccalls.CallState;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.CancelResult;
import imagefunctions.asynccalls.DuplicateCallException;
import imagefunctions.asynccalls.Phase;
import imagefunctions.asynccalls.QueueFullException;
import imagefunctions.asynccalls.QueueMetrics;
import imagefunctions.asynccalls.RequeueResult;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The durable queue of asynchronous calls, as a folder: what it accepted survives the end of the process and a power
 * cut.
 *
 * <p>Those who submit calls and ask for them use the first half of its methods, the workers the second.
 */
public final class Spool implements AutoCloseable {
    private final SpoolFolder folder;
    private final CallStates states;

    private Spool(SpoolFolder folder) {
        this.folder = folder;
        this.states = new CallStates(folder);
    }

    /**
     * Opens the spool, with what an earlier process left in it.
     *
     * @throws IOException if the folder cannot be used, or another process uses it
     */
    public static Spool open(SpoolSettings settings) throws IOException {
        return open(settings, InstantSource.system());
    }

    /**
     * The same with another clock than that of the machine.
     *
     * @param clock for the times on disk; it may be set in the middle of things
     */
    public static Spool open(SpoolSettings settings, InstantSource clock) throws IOException {
        return new Spool(new SpoolFolder(settings, clock));
    }

    /**
     * Begins to accept a call: write its body to the writer, then commit that.
     *
     * @param length of the body, if the sender announced it
     * @throws QueueFullException if there is no room now
     * @throws BodyTooLargeException if the announced length is over the limit
     * @throws DuplicateCallException if an unfinished call or a dead letter has the same id
     */
    public SpoolWriter accept(Call call, OptionalLong length) throws IOException {
        int max = folder.settings.maxCalls();
        if (folder.calls.count() + folder.callbacks.count() >= max) {
            throw new QueueFullException(
                    "The queue of asynchronous calls is full: " + max + " calls are not finished.");
        }
        SpoolWriter writer = folder.write(call, length);
        // From here on the file that is being written keeps others from using this id.
        Optional<Phase> phase = states.find(call.id()).map(CallState::phase);
        if (phase.isPresent() && phase.get() != Phase.DELIVERED) {
            writer.close();
            throw new DuplicateCallException(call.id());
        }
        return writer;
    }

    public Optional<CallState> state(String id) throws IOException {
        return states.find(id);
    }

    /**
     * Lists calls in the order of their ids.
     *
     * @param phase of the calls wanted, or all
     * @param after the id that the last page ended with, or an empty text
     * @param size of the page; fewer may come where calls moved on meanwhile
     */
    public CallPage list(Optional<Phase> phase, String after, int size) throws IOException {
        return states.page(phase, after, size);
    }

    /** Removes a call that waits for its first attempt or for another. */
    public CancelResult cancel(String id) throws IOException {
        if (Call.isId(id) && folder.cancel(id)) {
            return CancelResult.CANCELLED;
        }
        return states.find(id).isPresent() ? CancelResult.STARTED : CancelResult.UNKNOWN;
    }

    /**
     * Has a dead letter tried again, with all its attempts: the call, or its callback if only that failed.
     *
     * @throws QueueFullException if there is no room for it now
     */
    public synchronized RequeueResult requeue(String id) throws IOException {
        Optional<CallState> state = states.find(id);
        if (state.isEmpty()) {
            return RequeueResult.UNKNOWN;
        }
        if (state.get().phase() == Phase.DEAD) {
            for (DelayQueue<?> queue : folder.queues()) {
                Optional<DeadLetters.DeadLetter> letter = folder.dead.find(queue.nameOf(id));
                if (letter.isPresent()) {
                    folder.requeue(id, letter.get(), queue);
                    return RequeueResult.REQUEUED;
                }
            }
        }
        return RequeueResult.NOT_DEAD;
    }

    public QueueMetrics metrics() {
        return new QueueMetrics(
                folder.calls.count() - folder.calls.claimedCount(),
                folder.calls.claimedCount(),
                folder.callbacks.count(),
                folder.calls.overdue(),
                folder.budget.held(),
                folder.calls.attempts(),
                folder.callbacks.attempts(),
                folder.deliveries.sum(),
                folder.dead.count(),
                folder.givenUp.sum(),
                folder.dead.dropped());
    }

    /** The calls whose function is to be called. */
    public DelayQueue<Call> calls() {
        return folder.calls;
    }

    /** The results that are to be sent to their receivers. */
    public DelayQueue<Callback> callbacks() {
        return folder.callbacks;
    }

    /**
     * Begins to keep the result of a call: write its body to the writer, then commit that.
     *
     * @throws QueueFullException if there is no room now
     * @throws BodyTooLargeException if the announced length is over the limit
     */
    public SpoolWriter keepResult(Callback result, OptionalLong length) throws IOException {
        return folder.write(result, length);
    }

    /** The function has succeeded, and nobody is to have the result. */
    public void callSucceeded(Claim claim, Call call, int status) throws IOException {
        folder.callSucceeded(claim, call, status);
    }

    /** The result of the call is kept, or there will be none; with a failure the call becomes a dead letter. */
    public void callResolved(Claim claim, Optional<String> failure) throws IOException {
        folder.callResolved(claim, failure);
    }

    /** The receiver has the result. */
    public void callbackDelivered(Claim claim, Callback callback) throws IOException {
        folder.callbackDelivered(claim, callback);
    }

    /**
     * The receiver will not get the result, which becomes a dead letter.
     *
     * @param callback empty if it cannot be read
     */
    public void callbackFailed(Claim claim, Optional<Callback> callback, String reason) throws IOException {
        folder.callbackFailed(claim, callback, reason);
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
