package imagefunctions.workflowruns;

import java.io.IOException;

/** There is no room for another run until one of those that are under way has ended. */
public final class RunsFullException extends IOException {
    RunsFullException(RunLimits limits) {
        super("The runs that are under way fill the room for them (" + limits.maxCount() + " runs, " + limits.maxBytes()
                + " bytes): send the call again later, or raise IMAGE_FUNCTIONS_RUNS_MAX_COUNT or _MAX_BYTES.");
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
