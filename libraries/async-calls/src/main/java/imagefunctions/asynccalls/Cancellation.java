package imagefunctions.asynccalls;

/** What came of the wish to cancel a call. */
public enum Cancellation {
    CANCELLED,
    /** Its function runs or has run. */
    STARTED,
    UNKNOWN
}
