package imagefunctions.asynccalls;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The durable queue of asynchronous calls: what it accepted survives the end of the process, and of the machine as far as
 * its home does.
 *
 * <p>Those who submit calls and ask for them use the first half of its methods, the workers the second.
 */
public interface CallQueue extends AutoCloseable {
    /**
     * Begins to accept a call: write its body to the writer, then commit that.
     *
     * @param length of the body, if the sender announced it
     * @throws QueueFullException if there is no room now
     * @throws QueueUnreachableException if the queue's servers cannot be reached now
     * @throws BodyTooLargeException if the announced length is over the limit
     * @throws DuplicateCallException if an unfinished call or a dead letter has the same id
     * @throws CallTermsException if its headers ask for something that is not to be had, see {@link CallTerms}
     */
    EntryWriter accept(Call call, OptionalLong length) throws IOException;

    Optional<CallState> state(String id) throws IOException;

    /**
     * Lists calls in the order of their ids.
     *
     * @param after the id that the last page ended with, or an empty text
     * @param size of the page; fewer may come where calls moved on meanwhile, or are looked for by their functions' answers
     */
    CallPage list(CallFilter filter, String after, int size) throws IOException;

    /** Removes a call that waits for its first attempt or for another. */
    CancelResult cancel(String id) throws IOException;

    /**
     * Has a dead letter tried again, with all its attempts: the call, or its callback if only that failed.
     *
     * @throws QueueFullException if there is no room for it now
     */
    RequeueResult requeue(String id) throws IOException;

    QueueMetrics metrics();

    /** Whether calls can be taken in and made now. */
    boolean isReachable();

    /** The calls of one queue whose function is to be called. */
    WorkQueue<CallClaim> calls(String queue);

    /** The results that are to be sent to their receivers. */
    WorkQueue<CallbackClaim> callbacks();

    @Override
    void close() throws IOException;
}
