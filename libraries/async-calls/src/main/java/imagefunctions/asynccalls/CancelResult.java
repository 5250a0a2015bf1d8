package imagefunctions.asynccalls;

/** The outcome of cancelling a call. */
public enum CancelResult {
    CANCELLED,
    /** Its function runs or has run. */
    STARTED,
    UNKNOWN
}
