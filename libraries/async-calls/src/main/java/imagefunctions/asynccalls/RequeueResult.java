package imagefunctions.asynccalls;

/** The outcome of requeueing a dead letter. */
public enum RequeueResult {
    REQUEUED,
    NOT_DEAD,
    UNKNOWN
}
