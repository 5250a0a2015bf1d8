package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallClaim;
import imagefunctions.asynccalls.CallFilter;
import imagefunctions.asynccalls.CallPage;
import imagefunctions.asynccalls.CallQueue;
import imagefunctions.asynccalls.CallState;
import imagefunctions.asynccalls.CallTerms;
import imagefunctions.asynccalls.CallbackClaim;
import imagefunctions.asynccalls.CancelResult;
import imagefunctions.asynccalls.DuplicateCallException;
import imagefunctions.asynccalls.EntryWriter;
import imagefunctions.asynccalls.Phase;
import imagefunctions.asynccalls.QueueFullException;
import imagefunctions.asynccalls.QueueMetrics;
import imagefunctions.asynccalls.RequeueResult;
import imagefunctions.asynccalls.WorkQueue;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/** The queue as a folder of one process: what it accepted survives a power cut. */
public final class Spool implements CallQueue {
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

    @Override
    public EntryWriter accept(Call call, OptionalLong length) throws IOException {
        CallTerms.check(call, folder.settings.limits().call());
        int max = folder.settings.limits().maxCalls();
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

    @Override
    public Optional<CallState> state(String id) throws IOException {
        return states.find(id);
    }

    @Override
    public CallPage list(CallFilter filter, String after, int size) throws IOException {
        return states.page(filter, after, size);
    }

    @Override
    public CancelResult cancel(String id) throws IOException {
        if (Call.isId(id) && folder.cancel(id)) {
            return CancelResult.CANCELLED;
        }
        return states.find(id).isPresent() ? CancelResult.STARTED : CancelResult.UNKNOWN;
    }

    @Override
    public synchronized RequeueResult requeue(String id) throws IOException {
        Optional<CallState> state = states.find(id);
        if (state.isEmpty()) {
            return RequeueResult.UNKNOWN;
        }
        return state.get().phase() == Phase.DEAD ? folder.requeue(id) : RequeueResult.NOT_DEAD;
    }

    @Override
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

    /** A folder of this process is always there; a fault of its disk fails the call that meets it. */
    @Override
    public boolean isReachable() {
        return true;
    }

    @Override
    public WorkQueue<CallClaim> calls(String queue) {
        DelayQueue<Call> files = folder.calls.named(queue);
        return new FolderWorkQueue<>(files, claimed -> new FolderCall(folder, files, claimed));
    }

    @Override
    public WorkQueue<CallbackClaim> callbacks() {
        return new FolderWorkQueue<>(folder.callbacks, claimed -> new FolderCallback(folder, claimed));
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
