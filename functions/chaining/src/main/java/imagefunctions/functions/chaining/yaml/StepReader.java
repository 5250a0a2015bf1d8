package imagefunctions.functions.chaining.yaml;

import imagefunctions.functions.chaining.workflow.Aggregate;
import imagefunctions.functions.chaining.workflow.Bounds;
import imagefunctions.functions.chaining.workflow.Condition;
import imagefunctions.functions.chaining.workflow.Pushdown;
import imagefunctions.functions.chaining.workflow.Step;
import imagefunctions.functions.chaining.workflow.Step.OnFailure;
import imagefunctions.functions.chaining.workflow.Values;
import imagefunctions.functions.chaining.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads steps, each of one of five kinds: function, steps, parallel, foreach, workflow. */
final class StepReader {
    private static final List<String> COMMON_KEYS = List.of("name", "when", "on_failure");
    private static final Map<String, List<String>> KINDS = kinds();

    private final CallReader calls;
    private final Function<YamlNode, Workflow> included;
    private final boolean pushdown;

    /**
     * A reader of one workflow's steps.
     *
     * @param included finds the workflow that a node names
     * @param pushdown whether consecutive image operations become one step
     */
    StepReader(CallReader calls, Function<YamlNode, Workflow> included, boolean pushdown) {
        this.calls = calls;
        this.included = included;
        this.pushdown = pushdown;
    }

    /** What a step can refer to: the variables of enclosing foreach steps, and earlier steps that return a list. */
    private record Scope(Set<String> variables, Set<String> lists, int depth) {
        Scope nested(YamlNode step) {
            if (depth == Bounds.DEPTH) {
                throw step.error(
                        "steps are nested more than " + Bounds.DEPTH + " deep: move some into a workflow of their own");
            }
            return new Scope(variables, lists, depth + 1);
        }

        Scope withVariable(String variable) {
            return new Scope(with(variables, variable), lists, depth);
        }

        Scope withList(String list) {
            return new Scope(variables, with(lists, list), depth);
        }

        private static Set<String> with(Set<String> names, String name) {
            Set<String> extended = new LinkedHashSet<>(names);
            extended.add(name);
            return extended;
        }
    }

    private static Map<String, List<String>> kinds() {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        kinds.put("foreach", List.of("foreach", "as", "max_parallel", "steps", "workflow", "aggregate"));
        kinds.put("function", CallReader.KEYS);
        kinds.put("steps", List.of("steps"));
        kinds.put("parallel", List.of("parallel", "aggregate"));
        kinds.put("workflow", List.of("workflow"));
        return kinds;
    }

    List<Step> read(YamlNode steps) {
        return sequence(steps, new Scope(Set.of(), Set.of(), 0).nested(steps));
    }

    private List<Step> sequence(YamlNode steps, Scope scope) {
        List<YamlNode> nodes = steps.list();
        List<Step> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            Step step = step(nodes.get(i), scope);
            unique(nodes.get(i), step, names);
            if (isIteratedBy(step.name(), nodes.subList(i + 1, nodes.size()))) {
                step = listCall(nodes.get(i), step);
                scope = scope.withList(step.name());
            }
            read.add(step);
        }
        return pushdown ? Pushdown.merged(read) : read;
    }

    private static void unique(YamlNode node, Step step, Set<String> names) {
        if (!names.add(step.name())) {
            throw node.error("two steps here are called \"" + step.name() + "\": give each a unique name");
        }
    }

    /** Whether one of these steps, or a step nested in them, iterates over the list that the named step returns. */
    private static boolean isIteratedBy(String name, List<YamlNode> later) {
        return later.stream().anyMatch(node -> iteratesOver(name, node));
    }

    private static boolean iteratesOver(String name, YamlNode node) {
        if (node.isList() && !node.isEmpty()) {
            return isIteratedBy(name, node.list());
        }
        if (!node.isMapping()) {
            return false;
        }
        Map<String, YamlNode> mapping = node.mapping();
        YamlNode foreach = mapping.get("foreach");
        return (foreach != null && foreach.isText() && foreach.text().equals(name))
                || Stream.of("steps", "parallel")
                        .map(mapping::get)
                        .anyMatch(inner -> inner != null && iteratesOver(name, inner));
    }

    private static Step listCall(YamlNode node, Step step) {
        if (step instanceof Step.Function(Step.Head head, var call)
                && head.when().equals(Condition.always())
                && head.onFailure() == OnFailure.FAIL) {
            return new Step.ListCall(head, call);
        }
        throw node.error("a foreach iterates over the list that \"" + step.name()
                + "\" returns: it must be a function step without when and on_failure");
    }

    private Step step(YamlNode node, Scope scope) {
        Map<String, YamlNode> step = node.mapping();
        String kind =
                KINDS.keySet().stream().filter(step::containsKey).findFirst().orElseThrow(() -> withoutKind(node));
        node.mapping("a " + kind + " step", known(kind, step));
        Step.Head head = head(node, step, kind);
        return switch (kind) {
            case "function" -> new Step.Function(head, calls.read(step, scope.variables()));
            case "steps" -> new Step.Sequence(head, sequence(required(step, "steps"), scope.nested(node)));
            case "parallel" -> new Step.Parallel(head, branches(node, step, scope), aggregate(step));
            case "foreach" -> foreach(node, step, head, scope);
            default -> new Step.Included(head, included.apply(required(step, "workflow")));
        };
    }

    private static InvalidWorkflowException withoutKind(YamlNode node) {
        Set<String> known = new LinkedHashSet<>(COMMON_KEYS);
        KINDS.values().forEach(known::addAll);
        node.mapping("a step", known);
        return node.error("a step needs one of " + String.join(", ", KINDS.keySet()));
    }

    private static Set<String> known(String kind, Map<String, YamlNode> step) {
        Set<String> known = new LinkedHashSet<>(COMMON_KEYS);
        known.addAll(KINDS.getOrDefault(kind, List.of()));
        if (kind.equals("foreach") && !step.containsKey("steps") && !step.containsKey("workflow")) {
            known.addAll(CallReader.KEYS);
        }
        return known;
    }

    private static Step.Head head(YamlNode node, Map<String, YamlNode> step, String kind) {
        YamlNode name = step.get("name");
        YamlNode when = step.get("when");
        YamlNode onFailure = step.get("on_failure");
        return new Step.Head(
                name == null ? nameOf(node, step, kind) : name.parse(Scalars::name),
                when == null ? Condition.always() : ConditionReader.read(when),
                onFailure == null ? OnFailure.FAIL : onFailure.parse(StepReader::onFailure));
    }

    private static String nameOf(YamlNode node, Map<String, YamlNode> step, String kind) {
        return Stream.of("function", "workflow")
                .filter(step::containsKey)
                .map(key -> required(step, key).text())
                .findFirst()
                .orElseThrow(() -> node.error("a " + kind + " step needs a name"));
    }

    private static OnFailure onFailure(String text) {
        return switch (text) {
            case "fail" -> OnFailure.FAIL;
            case "continue" -> OnFailure.CONTINUE;
            default -> throw new IllegalArgumentException("write fail or continue");
        };
    }

    private List<Step> branches(YamlNode node, Map<String, YamlNode> step, Scope scope) {
        YamlNode parallel = required(step, "parallel");
        List<YamlNode> nodes = parallel.list();
        if (nodes.size() > Bounds.BRANCHES) {
            throw parallel.error("there are " + nodes.size() + " branches, at most " + Bounds.BRANCHES
                    + " are allowed: use foreach, or two steps");
        }
        Scope inside = scope.nested(node);
        Set<String> names = new HashSet<>();
        List<Step> branches = new ArrayList<>();
        for (YamlNode branch : nodes) {
            Step read = step(branch, inside);
            unique(branch, read, names);
            branches.add(read);
        }
        return branches;
    }

    private Step foreach(YamlNode node, Map<String, YamlNode> step, Step.Head head, Scope scope) {
        YamlNode most = step.get("max_parallel");
        String as = Optional.ofNullable(step.get("as"))
                .map(name -> name.parse(Scalars::variable))
                .orElse("value");
        return new Step.Foreach(
                head,
                values(required(step, "foreach"), scope),
                as,
                most == null ? 4 : most.parse(text -> Scalars.number(text, 1, Bounds.BRANCHES)),
                iterated(node, step, scope.nested(node).withVariable(as)),
                aggregate(step));
    }

    /** What a foreach runs for each value: a function, steps, or another workflow. */
    private List<Step> iterated(YamlNode node, Map<String, YamlNode> step, Scope scope) {
        YamlNode steps = step.get("steps");
        if (steps != null) {
            return sequence(steps, scope);
        }
        YamlNode workflow = step.get("workflow");
        if (workflow != null) {
            return List.of(new Step.Included(unconditional(workflow.text()), included.apply(workflow)));
        }
        YamlNode function = step.get("function");
        if (function != null) {
            return List.of(new Step.Function(unconditional(function.text()), calls.read(step, scope.variables())));
        }
        throw node.error("a foreach step needs a function, steps or a workflow");
    }

    private static Step.Head unconditional(String name) {
        return new Step.Head(name, Condition.always(), OnFailure.FAIL);
    }

    private static Values values(YamlNode foreach, Scope scope) {
        if (foreach.isText()) {
            String step = foreach.text();
            if (!scope.lists().contains(step)) {
                throw foreach.error("no step before this one is called \"" + step
                        + "\": give foreach a list of values, or the name of an earlier step that returns one");
            }
            return new Values.FromStep(step);
        }
        List<String> values = foreach.list().stream().map(YamlNode::text).toList();
        if (values.size() > Bounds.VALUES) {
            throw foreach.error("there are " + values.size() + " values, at most " + Bounds.VALUES + " are allowed");
        }
        return new Values.Literals(values);
    }

    private Aggregate aggregate(Map<String, YamlNode> step) {
        YamlNode aggregate = step.get("aggregate");
        if (aggregate == null) {
            return new Aggregate.Zip();
        }
        return switch (aggregate.isText() ? aggregate.text() : "") {
            case "zip" -> new Aggregate.Zip();
            case "first" -> new Aggregate.First();
            case "input" -> new Aggregate.Input();
            default -> new Aggregate.ByFunction(calls.readStandalone("aggregate", aggregate));
        };
    }

    private static YamlNode required(Map<String, YamlNode> step, String key) {
        YamlNode node = step.get(key);
        if (node == null) {
            throw new IllegalStateException("a step of this kind has the key " + key);
        }
        return node;
    }
}
