package imagefunctions.asynccalls;

import java.io.IOException;
import java.time.Duration;

/** An entry that one worker holds for one attempt. */
public interface Claim<T extends QueueEntry> {
    /** The number of this attempt, counted from 1. */
    int attempt();

    /** Whether all attempts were used up by processes that died: then there is none for this worker. */
    boolean isExhausted();

    /**
     * Reads the entry.
     *
     * @throws CorruptEntryException if it is not as it was written
     */
    StoredEntry<T> read() throws IOException;

    /** Whether another attempt may follow this one. */
    boolean allowsRetry();

    /**
     * How long the next attempt is to wait.
     *
     * @param asked how long whoever refused this one asks to wait, or zero
     */
    Duration backoff(Duration asked);

    /** Leaves the entry to its next attempt, after this time. */
    void retry(Duration wait) throws IOException;

    /** Leaves the entry to an attempt after this time, and does not count the present one. */
    void postpone(Duration wait) throws IOException;

    /** Leaves the entry to its next attempt without writing anything, after a fault of the queue's home. */
    void abandon();
}
