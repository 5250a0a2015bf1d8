package imagefunctions.workflowruns;

/** What a run is asked to do before its next step. */
public enum Wish {
    GO_ON,
    PAUSE,
    STOP,
    /** Another runner has taken the lease. */
    YIELD
}
