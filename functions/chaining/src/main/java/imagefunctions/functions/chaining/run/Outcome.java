package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;
import java.util.List;

/** How a run ended. */
public sealed interface Outcome {

    record Done(Body body, List<String> leftOut, Report report) implements Outcome {}

    record Failed(StepFailedException failure, List<String> leftOut, Report report) implements Outcome {}

    /** The paths of the steps that failed and were left out. */
    List<String> leftOut();

    Report report();
}
