package imagefunctions.asynccalls;

import java.time.Instant;

/** What the queue keeps: a call that waits for its function, or a result that waits for its receiver. */
public sealed interface QueueEntry permits Call, Callback {
    String id();

    String function();

    /** When the call was accepted. */
    Instant accepted();
}
