package imagefunctions.asynccalls;

/** The outcome of requeueing a dead letter. */
public enum RequeueResult {
    REQUEUED,
    NOT_DEAD,
    /** It has expired: another attempt would come too late. */
    EXPIRED,
    UNKNOWN
}
