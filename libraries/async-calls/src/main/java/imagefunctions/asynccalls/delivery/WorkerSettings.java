package imagefunctions.asynccalls.delivery;

import java.util.Optional;

/**
 * How many workers deliver calls.
 *
 * @param callWorkers functions called at the same time
 * @param callbackWorkers receivers called at the same time; they only wait, so a large number does no harm
 * @param secret what callbacks are signed with, if any
 */
public record WorkerSettings(int callWorkers, int callbackWorkers, Optional<String> secret) {
    public WorkerSettings {
        if (callWorkers < 1 || callbackWorkers < 1) {
            throw new IllegalArgumentException("there must be at least one worker for calls and one for callbacks");
        }
    }
}
