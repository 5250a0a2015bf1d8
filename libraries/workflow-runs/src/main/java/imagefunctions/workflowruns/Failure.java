package imagefunctions.workflowruns;

/**
 * What ended a step, and perhaps its run.
 *
 * @param index the numbers of the step that failed
 * @param step its path
 * @param status the run's status for its caller
 * @param stepStatus the step's own, 0 if there was none
 * @param stepText the text of the step's answer
 * @param detail what happened and what to do next
 * @param endsRun whether the run fails with the step, which nothing stands in for
 */
public record Failure(
        String index, String step, int status, int stepStatus, String stepText, String detail, boolean endsRun) {}
