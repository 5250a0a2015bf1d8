package imagefunctions.functions.chaining.yaml;

import imagefunctions.functions.chaining.flow.Bounds;
import imagefunctions.functions.chaining.flow.Flow;
import imagefunctions.functions.chaining.flow.FunctionCall;
import imagefunctions.functions.chaining.flow.Retry;
import imagefunctions.gatewayclient.Gateways;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one file's workflow. */
final class FlowReader {
    private static final List<String> KEYS =
            List.of("name", "gateway_url", "timeout", "retry", "pushdown", "steps", "on_failure", "finally");
    private static final Duration A_STEP = Duration.ofSeconds(30);
    private static final Duration A_FLOW = Duration.ofSeconds(60);
    /** The functions of on_failure and finally keep the answer waiting, so they get less time. */
    private static final Duration AT_THE_END = Duration.ofSeconds(5);

    private final Optional<Gateways> gateways;
    private final Function<Entry, Flow> included;

    /**
     * A reader of workflows.
     *
     * @param gateways what takes the place of every file's {@code gateway_url}
     * @param included finds the workflow that an entry names
     */
    FlowReader(Optional<Gateways> gateways, Function<Entry, Flow> included) {
        this.gateways = gateways;
        this.included = included;
    }

    Flow read(String name, Entry file) {
        Entry workflow = required(file, file.mapping("the file", List.of("workflow")), "workflow");
        Map<String, Entry> keys = workflow.mapping("workflow", KEYS);
        Entry title = keys.get("name");
        Entry timeout = keys.get("timeout");
        Entry retry = keys.get("retry");
        Entry pushdown = keys.get("pushdown");
        Entry steps = required(workflow, keys, "steps");
        CallReader calls = new CallReader(A_STEP, retry == null ? Retry.DEFAULT : CallReader.retry(retry));
        Flow flow = new Flow(
                name,
                title == null ? name : title.text(),
                gateways.orElseGet(() -> gateways(required(workflow, keys, "gateway_url"))),
                timeout == null ? A_FLOW : timeout.read(Words::duration),
                new StepReader(calls, included, pushdown != null && pushdown.read(Words::yes)).read(steps),
                atTheEnd("on_failure", keys.get("on_failure")),
                atTheEnd("finally", keys.get("finally")));
        return bounded(steps, flow);
    }

    /** A text with one address or several, or a list of such. */
    private static Gateways gateways(Entry entry) {
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

    private static Flow bounded(Entry steps, Flow flow) {
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

    private static Optional<FunctionCall> atTheEnd(String key, @Nullable Entry entry) {
        return Optional.ofNullable(entry).map(call -> new CallReader(AT_THE_END, Retry.NEVER).readAlone(key, call));
    }

    private static Entry required(Entry owner, Map<String, Entry> keys, String key) {
        Entry entry = keys.get(key);
        if (entry == null) {
            throw owner.wrong("the key \"" + key + "\" is missing");
        }
        return entry;
    }
}
