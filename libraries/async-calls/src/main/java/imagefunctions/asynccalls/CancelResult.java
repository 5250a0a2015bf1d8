package imagefunctions.asynccalls;

/** What cancelling a call came to. */
public enum CancelResult {
    CANCELLED,
    /** It is not queued any more: it runs, was delivered or was given up. */
    STARTED,
    UNKNOWN
}
