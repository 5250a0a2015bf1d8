package imagefunctions.asynccalls;

/** What came of the wish to try a dead letter again. */
public enum RequeueResult {
    REQUEUED,
    NOT_DEAD,
    UNKNOWN
}
