package imagefunctions.asynccalls;

/** How far a call has come. */
public enum Phase {
    /** Waits for its first attempt, or for another. */
    QUEUED,
    /** Its function runs, or its result is on its way to the receiver. */
    RUNNING,
    /** Done: the receiver has the result; without a callback URL, the function has succeeded. */
    DELIVERED,
    /** Given up; it can be requeued. */
    DEAD
}
