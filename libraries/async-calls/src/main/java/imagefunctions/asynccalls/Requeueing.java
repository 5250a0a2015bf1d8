package imagefunctions.asynccalls;

/** What came of the wish to try a dead letter again. */
public enum Requeueing {
    REQUEUED,
    NOT_DEAD,
    UNKNOWN
}
