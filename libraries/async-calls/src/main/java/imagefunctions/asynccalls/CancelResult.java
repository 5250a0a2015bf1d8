package imagefunctions.asynccalls;

/** What cancelling a call came to. */
public enum CancelResult {
    CANCELLED,
    /** Its function runs or has run. */
    STARTED,
    UNKNOWN
}
