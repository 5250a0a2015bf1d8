package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.Claim;
import imagefunctions.asynccalls.QueueEntry;
import imagefunctions.asynccalls.StoredEntry;
import java.io.IOException;
import java.time.Duration;

/** A file that one worker holds. */
abstract sealed class FolderClaim<T extends QueueEntry> implements Claim<T> permits FolderCall, FolderCallback {
    ClaimedFile claimed;
    private final DelayQueue<T> queue;

    FolderClaim(ClaimedFile claimed, DelayQueue<T> queue) {
        this.claimed = claimed;
        this.queue = queue;
    }

    @Override
    public int attempt() {
        return claimed.attempt();
    }

    @Override
    public boolean isExhausted() {
        return claimed.isExhausted();
    }

    @Override
    public StoredEntry<T> read() throws IOException {
        return queue.read(claimed);
    }

    @Override
    public boolean allowsRetry() {
        return queue.allowsRetry(claimed);
    }

    @Override
    public Duration backoff(Duration asked) {
        return queue.backoff(claimed, asked);
    }

    @Override
    public void retry(Duration wait) throws IOException {
        queue.retry(claimed, wait);
    }

    @Override
    public void postpone(Duration wait) throws IOException {
        queue.postpone(claimed, wait);
    }

    @Override
    public void abandon() {
        queue.abandon(claimed);
    }
}
