package imagefunctions.asynccalls.delivery;

import java.util.Map;
import java.util.Optional;

/**
 * How many workers deliver calls.
 *
 * @param callWorkers of each queue: functions of it called at the same time
 * @param callbackWorkers receivers called at the same time; they only wait, so a large number does no harm
 * @param secret what callbacks are signed with, if any
 */
public record WorkerSettings(Map<String, Integer> callWorkers, int callbackWorkers, Optional<String> secret) {
    public WorkerSettings {
        callWorkers = Map.copyOf(callWorkers);
        if (callbackWorkers < 1 || callWorkers.values().stream().anyMatch(workers -> workers < 1)) {
            throw new IllegalArgumentException("there must be at least one worker for calls and one for callbacks");
        }
    }
}
