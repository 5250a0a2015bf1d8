package imagefunctions.asynccalls;

/** What came of the wish to cancel a call. */
public enum CancelResult {
    CANCELLED,
    /** Its function runs or has run. */
    STARTED,
    UNKNOWN
}
