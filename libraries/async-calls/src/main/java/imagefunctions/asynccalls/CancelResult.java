package imagefunctions.asynccalls;

/** The outcome of cancelling a call. */
public enum CancelResult {
    CANCELLED,
    /** It is not queued any more: it runs, was delivered or was given up. */
    STARTED,
    UNKNOWN
}
