package imagefunctions.functions.chaining.workflow;

import imagefunctions.gatewayclient.Gateways;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One workflow, with every default filled in.
 *
 * @param name the name that callers select it by: its file's name without the extension
 * @param title the file's {@code name}
 * @param gateways the gateways to its functions
 * @param timeout time limit for all its steps together
 * @param onFailure final hook, called with the problem if a step fails
 * @param onCompletion final hook, called with the timeline at the very end: {@code finally} in the file
 */
public record Workflow(
        String name,
        String title,
        Gateways gateways,
        Duration timeout,
        List<Step> steps,
        Optional<FunctionCall> onFailure,
        Optional<FunctionCall> onCompletion) {

    public Workflow {
        steps = List.copyOf(steps);
    }

    /** How long the final hooks may take, together, after the steps. */
    public Duration finalHooksTimeout() {
        return Stream.of(onFailure, onCompletion)
                .flatMap(Optional::stream)
                .map(FunctionCall::timeout)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The number of steps, including nested ones and those of included workflows. */
    public int size() {
        return Step.size(steps);
    }

    /** The nesting depth of the steps. */
    public int depth() {
        return Step.depth(steps);
    }
}
