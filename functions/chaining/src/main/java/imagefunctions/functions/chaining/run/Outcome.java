package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;
import java.util.List;

/** How a run ended, or why it halts. */
public sealed interface Outcome {

    record Done(Body body, List<String> leftOut, Report report) implements Outcome {}

    record Failed(StepFailedException failure, List<String> leftOut, Report report) implements Outcome {}

    /** It has not run to its end. */
    record Halted(Reason reason, List<String> leftOut, Report report) implements Outcome {}

    /** Why a durable run halts before a step. */
    enum Reason {
        /** Somebody stopped it; it has no further step. */
        STOPPED,
        PAUSED,
        /** Another process has taken its lease. */
        RUN_ELSEWHERE,
        /** There is no more time or memory within this call. */
        CALL_USED_UP
    }

    /** The paths of the steps that failed and were left out. */
    List<String> leftOut();

    Report report();
}
