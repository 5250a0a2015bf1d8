package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallClaim;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.EntryWriter;
import imagefunctions.asynccalls.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The file of a call that one worker holds. */
final class FolderCall extends FolderClaim<Call> implements CallClaim {
    private final SpoolFolder folder;
    private final DelayQueue<Call> queue;

    FolderCall(SpoolFolder folder, DelayQueue<Call> queue, ClaimedFile claimed) {
        super(claimed, queue);
        this.folder = folder;
        this.queue = queue;
    }

    @Override
    public void uncount() throws IOException {
        claimed = queue.uncount(claimed);
    }

    @Override
    public EntryWriter keepResult(Callback result, OptionalLong length) throws IOException {
        return folder.write(result, length);
    }

    @Override
    public void succeeded(Call call, int status) throws IOException {
        folder.callSucceeded(queue, claimed, call, status);
    }

    @Override
    public void resolved(Optional<Failure> failure) throws IOException {
        folder.callResolved(queue, claimed, failure);
    }

    /** A result that was kept, and then taken for lost, is sent all the same. */
    @Override
    public void retry(Duration wait) throws IOException {
        super.retry(wait);
        folder.callbacks.release(claimed.id());
    }

    @Override
    public void abandon() {
        super.abandon();
        folder.callbacks.release(claimed.id());
    }
}
