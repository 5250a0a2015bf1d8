package imagefunctions.workflowruns;

import java.time.Duration;

/** What becomes of a call that begins a run or goes on with one. */
public sealed interface Taken {
    /** This caller runs it now. */
    record Held(HeldRun run) implements Taken {}

    /** It has ended; this is its answer. */
    record Ended(Kept<RunHead> begun, Kept<RunEnd> end) implements Taken {}

    /** Another runner has it, at least for this long. */
    record Elsewhere(Duration retryAfter) implements Taken {}

    record Paused() implements Taken {}

    /** The id belongs to a run of another workflow, another body or other parameters. */
    record Another(String workflow) implements Taken {}
}
