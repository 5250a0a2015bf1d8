package imagefunctions.asynccalls;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The durable queue of asynchronous calls: what it took in survives the end of the process and a power cut. */
public final class Spool implements AutoCloseable {
    private final SpoolFolder folder;
    private final CallStates states;

    private Spool(SpoolFolder folder) {
        this.folder = folder;
        this.states = new CallStates(folder);
    }

    /**
     * Opens the spool, taking up what an earlier process left.
     *
     * @throws IOException if the folder cannot be used, or another process uses it
     */
    public static Spool open(SpoolSettings settings) throws IOException {
        return new Spool(new SpoolFolder(settings));
    }

    /**
     * Begins to take a call in: write its body to what is answered, then commit that.
     *
     * @param length of the body, if the sender announced it
     * @throws QueueFullException if there is no room now
     * @throws BodyTooLargeException if the announced length is over the limit
     * @throws DuplicateCallException if an unfinished call has the same id
     */
    public SpoolWriter accept(Call call, OptionalLong length) throws IOException {
        int most = folder.settings.maxCalls();
        if (folder.calls.count() + folder.callbacks.count() >= most) {
            throw new QueueFullException(
                    "The queue of asynchronous calls is full: " + most + " calls are not finished.");
        }
        SpoolWriter intake = folder.intake(call, length);
        // From here on the file that is being written keeps others from using this id.
        Optional<Phase> phase = states.find(call.id()).map(CallState::phase);
        if (phase.isPresent() && phase.get() != Phase.DELIVERED) {
            intake.close();
            throw new DuplicateCallException(call.id());
        }
        return intake;
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

    /** Takes a call out that waits for its first attempt or for another. */
    public CancelResult cancel(String id) throws IOException {
        if (Call.isId(id) && folder.callCancelled(id)) {
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
            for (DelayQueue lane : List.of(folder.calls, folder.callbacks)) {
                Optional<DeadLetters.Letter> letter = folder.dead.find(lane.nameOf(id));
                if (letter.isPresent()) {
                    folder.revive(id, letter.get(), lane);
                    return RequeueResult.REQUEUED;
                }
            }
        }
        return RequeueResult.NOT_DEAD;
    }

    public QueueMetrics figures() {
        long overdue = System.currentTimeMillis() - folder.calls.firstDueMillis();
        return new QueueMetrics(
                folder.calls.count() - folder.calls.claimedCount(),
                folder.calls.claimedCount(),
                folder.callbacks.count(),
                Duration.ofMillis(Math.max(0, overdue)),
                folder.budget.held(),
                folder.calls.attempts(),
                folder.callbacks.attempts(),
                folder.deliveries.sum(),
                folder.dead.count(),
                folder.deaths.sum(),
                folder.dead.dropped());
    }

    SpoolFolder folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
