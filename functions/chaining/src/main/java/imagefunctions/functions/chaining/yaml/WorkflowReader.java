package imagefunctions.functions.chaining.yaml;

import imagefunctions.functions.chaining.workflow.Bounds;
import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.Retry;
import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.gatewayclient.Gateways;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one file's workflow. */
final class WorkflowReader {
    private static final List<String> KEYS =
            List.of("name", "gateway_url", "timeout", "retry", "pushdown", "steps", "on_failure", "finally");
    private static final Duration A_STEP = Duration.ofSeconds(30);
    private static final Duration A_FLOW = Duration.ofSeconds(60);
    /** The functions of on_failure and finally keep the answer waiting, so they get less time. */
    private static final Duration AT_THE_END = Duration.ofSeconds(5);

    private final Optional<Gateways> gateways;
    private final Function<YamlNode, Workflow> included;

    /**
     * A reader of workflows.
     *
     * @param gateways what takes the place of every file's {@code gateway_url}
     * @param included finds the workflow that an entry names
     */
    WorkflowReader(Optional<Gateways> gateways, Function<YamlNode, Workflow> included) {
        this.gateways = gateways;
        this.included = included;
    }

    Workflow read(String name, YamlNode file) {
        YamlNode workflow = required(file, file.mapping("the file", List.of("workflow")), "workflow");
        Map<String, YamlNode> keys = workflow.mapping("workflow", KEYS);
        YamlNode title = keys.get("name");
        YamlNode timeout = keys.get("timeout");
        YamlNode retry = keys.get("retry");
        YamlNode pushdown = keys.get("pushdown");
        YamlNode steps = required(workflow, keys, "steps");
        CallReader calls = new CallReader(A_STEP, retry == null ? Retry.DEFAULT : CallReader.retry(retry));
        Workflow flow = new Workflow(
                name,
                title == null ? name : title.text(),
                gateways.orElseGet(() -> gateways(required(workflow, keys, "gateway_url"))),
                timeout == null ? A_FLOW : timeout.read(Scalars::duration),
                new StepReader(calls, included, pushdown != null && pushdown.read(Scalars::yes)).read(steps),
                atTheEnd("on_failure", keys.get("on_failure")),
                atTheEnd("finally", keys.get("finally")));
        return bounded(steps, flow);
    }

    /** A text with one address or several, or a list of such. */
    private static Gateways gateways(YamlNode entry) {
        if (!entry.isList()) {
            return entry.read(Gateways::parse);
        }
        List<URI> addresses = entry.list().stream()
                .flatMap(one -> one.read(Gateways::parse).addresses().stream())
                .toList();
        try {
            return new Gateways(addresses);
        } catch (IllegalArgumentException e) {
            throw entry.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Workflow bounded(YamlNode steps, Workflow flow) {
        if (flow.size() > Bounds.STEPS) {
            throw steps.wrong(
                    "the workflow has " + flow.size() + " steps, with those of the workflows that it includes;"
                            + " at most " + Bounds.STEPS + " are allowed");
        }
        if (flow.depth() > Bounds.DEPTH) {
            throw steps.wrong("steps lie " + flow.depth() + " deep, with those of the workflows that it includes;"
                    + " at most " + Bounds.DEPTH + " are allowed");
        }
        return flow;
    }

    private static Optional<FunctionCall> atTheEnd(String key, @Nullable YamlNode entry) {
        return Optional.ofNullable(entry).map(call -> new CallReader(AT_THE_END, Retry.NEVER).readAlone(key, call));
    }

    private static YamlNode required(YamlNode owner, Map<String, YamlNode> keys, String key) {
        YamlNode entry = keys.get(key);
        if (entry == null) {
            throw owner.wrong("the key \"" + key + "\" is missing");
        }
        return entry;
    }
}
