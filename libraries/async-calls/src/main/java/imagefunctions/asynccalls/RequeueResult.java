package imagefunctions.asynccalls;

/** What requeueing a dead letter came to. */
public enum RequeueResult {
    REQUEUED,
    NOT_DEAD,
    UNKNOWN
}
