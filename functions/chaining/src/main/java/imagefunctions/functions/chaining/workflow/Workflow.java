package imagefunctions.functions.chaining.workflow;

import imagefunctions.gatewayclient.Gateways;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One workflow, with every default filled in.
 *
 * @param name the name that callers select it by: its file's name without the extension
 * @param title the file's {@code name}
 * @param gateways the gateways to its functions
 * @param durable whether what its steps answer is kept, so that a run can be gone on with
 * @param timeout time limit for all its steps together
 * @param onFailure final hook, called with the problem if a step fails
 * @param onCompletion final hook, called with the timeline at the very end: {@code finally} in the file
 * @param files the texts of its file and of those that it includes, by file name
 */
public record Workflow(
        String name,
        String title,
        Gateways gateways,
        boolean durable,
        Duration timeout,
        List<Step> steps,
        Optional<FunctionCall> onFailure,
        Optional<FunctionCall> onCompletion,
        Map<String, String> files) {

    public Workflow {
        steps = List.copyOf(steps);
        files = Map.copyOf(files);
    }

    /** How long the final hooks may take, together, after the steps. */
    public Duration finalHooksTimeout() {
        return Stream.of(onFailure, onCompletion)
                .flatMap(Optional::stream)
                .map(FunctionCall::timeout)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The number of {@code on_failure} in a run: one behind the last step's. */
    public int onFailureNumber() {
        return steps.stream().mapToInt(Step::span).sum();
    }

    /** The number of {@code finally} in a run: one behind {@code on_failure}, if there is that. */
    public int onCompletionNumber() {
        return onFailureNumber() + (onFailure.isPresent() ? 1 : 0);
    }

    /** The query parameters that it reads, or a workflow that it includes. */
    public Set<String> parameters() {
        Set<String> names = new TreeSet<>();
        onFailure.ifPresent(call -> names.addAll(call.parameters()));
        onCompletion.ifPresent(call -> names.addAll(call.parameters()));
        steps.forEach(step -> names.addAll(step.parameters()));
        return names;
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
