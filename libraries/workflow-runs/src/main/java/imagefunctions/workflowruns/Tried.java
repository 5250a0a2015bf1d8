package imagefunctions.workflowruns;

import java.util.List;

/**
 * What was tried without success of a step that is tried again.
 *
 * @param key as in {@link StepHead}
 * @param index as there
 * @param step as there
 * @param attempts at least one
 */
public record Tried(String key, String index, String step, String function, List<StepHead.Attempt> attempts) {
    public Tried {
        attempts = List.copyOf(attempts);
    }
}
