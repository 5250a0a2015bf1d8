package imagefunctions.asynccalls;

import java.util.Optional;

/**
 * Who empties the spool.
 *
 * @param callWorkers functions called at the same time
 * @param callbackWorkers receivers called at the same time; they only wait, so many do no harm
 * @param secret that callbacks are signed with, if any
 */
public record WorkerSettings(int callWorkers, int callbackWorkers, Optional<String> secret) {
    public WorkerSettings {
        if (callWorkers < 1 || callbackWorkers < 1) {
            throw new IllegalArgumentException("there must be at least one worker for calls and one for callbacks");
        }
    }

    /** As many functions at a time as there are cores, 16 callbacks, no signature. */
    public static WorkerSettings defaults() {
        return new WorkerSettings(Runtime.getRuntime().availableProcessors(), 16, Optional.empty());
    }
}
