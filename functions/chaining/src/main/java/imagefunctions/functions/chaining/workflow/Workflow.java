package imagefunctions.functions.chaining.workflow;

import imagefunctions.gatewayclient.Gateways;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One workflow, as it runs.
 *
 * @param name the name that callers choose it by: its file's, without the suffix
 * @param title what the file says under {@code name}
 * @param gateways where its functions are
 * @param timeout time for all its steps together
 * @param onFailure what is called with the problem if a step fails
 * @param afterwards what is called with the timeline at the very end, {@code finally} in the file
 */
public record Workflow(
        String name,
        String title,
        Gateways gateways,
        Duration timeout,
        List<Step> steps,
        Optional<FunctionCall> onFailure,
        Optional<FunctionCall> afterwards) {

    public Workflow {
        steps = List.copyOf(steps);
    }

    /** The time that the functions of {@code on_failure} and {@code finally} may take after the steps. */
    public Duration closingTime() {
        return Stream.of(onFailure, afterwards)
                .flatMap(Optional::stream)
                .map(FunctionCall::timeout)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** How many steps there are, those of included workflows among them. */
    public int size() {
        return Step.size(steps);
    }

    /** How deep steps lie in steps. */
    public int depth() {
        return Step.depth(steps);
    }
}
