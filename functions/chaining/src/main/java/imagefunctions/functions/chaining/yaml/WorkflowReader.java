package imagefunctions.functions.chaining.yaml;

import imagefunctions.functions.chaining.workflow.Bounds;
import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.Retry;
import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.yaml.YamlNode;
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
            List.of("name", "gateway_url", "durable", "timeout", "retry", "pushdown", "steps", "on_failure", "finally");
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration WORKFLOW_TIMEOUT = Duration.ofSeconds(60);
    /** Final hooks delay the response, so they get less time. */
    private static final Duration HOOK_TIMEOUT = Duration.ofSeconds(5);

    private final Optional<Gateways> gateways;
    private final Function<YamlNode, Workflow> included;

    /**
     * A reader of workflows.
     *
     * @param gateways overrides every file's {@code gateway_url}
     * @param included finds the workflow that an node names
     */
    WorkflowReader(Optional<Gateways> gateways, Function<YamlNode, Workflow> included) {
        this.gateways = gateways;
        this.included = included;
    }

    Workflow read(String name, YamlNode file, Map<String, String> files) {
        YamlNode root = required(file, file.mapping("the file", List.of("workflow")), "workflow");
        Map<String, YamlNode> keys = root.mapping("workflow", KEYS);
        YamlNode title = keys.get("name");
        YamlNode timeout = keys.get("timeout");
        YamlNode retry = keys.get("retry");
        YamlNode steps = required(root, keys, "steps");
        CallReader calls = new CallReader(STEP_TIMEOUT, retry == null ? Retry.DEFAULT : CallReader.retry(retry));
        Workflow workflow = new Workflow(
                name,
                title == null ? name : title.text(),
                gateways.orElseGet(() -> gateways(required(root, keys, "gateway_url"))),
                isTrue(keys.get("durable")),
                timeout == null ? WORKFLOW_TIMEOUT : timeout.parse(Scalars::duration),
                new StepReader(calls, included, isTrue(keys.get("pushdown"))).read(steps),
                finalHook("on_failure", keys.get("on_failure")),
                finalHook("finally", keys.get("finally")),
                files);
        return withinBounds(steps, workflow);
    }

    private static boolean isTrue(@Nullable YamlNode node) {
        return node != null && node.parse(Scalars::bool);
    }

    /** Text with one URL or several, or a list of such texts. */
    private static Gateways gateways(YamlNode node) {
        if (!node.isList()) {
            return node.parse(Gateways::parse);
        }
        List<URI> addresses = node.list().stream()
                .flatMap(one -> one.parse(Gateways::parse).addresses().stream())
                .toList();
        try {
            return new Gateways(addresses);
        } catch (IllegalArgumentException e) {
            throw node.error(String.valueOf(e.getMessage()));
        }
    }

    private static Workflow withinBounds(YamlNode steps, Workflow workflow) {
        if (workflow.size() > Bounds.STEPS) {
            throw steps.error("the workflow has " + workflow.size() + " steps, counting those of included workflows;"
                    + " at most " + Bounds.STEPS + " are allowed");
        }
        if (workflow.depth() > Bounds.DEPTH) {
            throw steps.error("steps are nested " + workflow.depth() + " deep, counting those of included workflows;"
                    + " at most " + Bounds.DEPTH + " are allowed");
        }
        return workflow;
    }

    private static Optional<FunctionCall> finalHook(String key, @Nullable YamlNode node) {
        return Optional.ofNullable(node)
                .map(call -> new CallReader(HOOK_TIMEOUT, Retry.NEVER).readStandalone(key, call));
    }

    private static YamlNode required(YamlNode owner, Map<String, YamlNode> keys, String key) {
        YamlNode node = keys.get(key);
        if (node == null) {
            throw owner.error("the key \"" + key + "\" is missing");
        }
        return node;
    }
}
