package imagefunctions.functions.chaining.yaml;

import imagefunctions.functions.chaining.workflow.Aggregate;
import imagefunctions.functions.chaining.workflow.Bounds;
import imagefunctions.functions.chaining.workflow.Condition;
import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.IfFailed;
import imagefunctions.functions.chaining.workflow.Pushdown;
import imagefunctions.functions.chaining.workflow.Step;
import imagefunctions.functions.chaining.workflow.Values;
import imagefunctions.functions.chaining.workflow.Workflow;
import imagefunctions.yaml.InvalidFileException;
import imagefunctions.yaml.YamlNode;
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
    private static final List<String> COMMON_KEYS = List.of("name", "when", "if_failed", "on_failure");
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
    private record Scope(Set<String> variables, Set<String> lists, Set<String> answers, int depth) {
        Scope nested(YamlNode step) {
            if (depth == Bounds.DEPTH) {
                throw step.error(
                        "steps are nested more than " + Bounds.DEPTH + " deep: move some into a workflow of their own");
            }
            return new Scope(variables, lists, answers, depth + 1);
        }

        Scope withVariable(String variable) {
            return new Scope(with(variables, variable), lists, answers, depth);
        }

        Scope withList(String list) {
            return new Scope(variables, with(lists, list), answers, depth);
        }

        Scope withAnswer(String step) {
            return new Scope(variables, lists, with(answers, step), depth);
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
        return sequence(steps, new Scope(Set.of(), Set.of(), Set.of(), 0).nested(steps));
    }

    private List<Step> sequence(YamlNode steps, Scope scope) {
        List<YamlNode> nodes = steps.list();
        List<Step> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            Step step = step(nodes.get(i), scope);
            unique(nodes.get(i), step, names);
            List<YamlNode> later = nodes.subList(i + 1, nodes.size());
            if (References.iterateOver(step.name(), later)) {
                if (References.test(step.name(), later)) {
                    throw nodes.get(i)
                            .error("the answer of \"" + step.name()
                                    + "\" is a list for a foreach, so no when can test it: ask in a step of its own");
                }
                FunctionCall call = asideCall(nodes.get(i), step, "a foreach iterates over the list that");
                step = new Step.ListCall(step.head(), call);
                scope = scope.withList(step.name());
            } else if (References.test(step.name(), later)) {
                step = new Step.AnswerCall(step.head(), asideCall(nodes.get(i), step, "a when tests what"));
                scope = scope.withAnswer(step.name());
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

    /** The call of a step whose answer is kept aside, so that the body is the same for the next step. */
    private static FunctionCall asideCall(YamlNode node, Step step, String what) {
        if (step instanceof Step.Function(Step.Head head, var call)
                && head.when().equals(Condition.always())
                && head.ifFailed().equals(IfFailed.FAIL)) {
            return call;
        }
        throw node.error(
                what + " \"" + step.name() + "\" returns: it must be a function step without when and if_failed");
    }

    private Step step(YamlNode node, Scope scope) {
        Map<String, YamlNode> step = node.mapping();
        String kind =
                KINDS.keySet().stream().filter(step::containsKey).findFirst().orElseThrow(() -> withoutKind(node));
        node.mapping("a " + kind + " step", known(kind, step));
        Step.Head head = head(node, step, kind, scope);
        return switch (kind) {
            case "function" -> new Step.Function(head, calls.read(step, scope.variables()));
            case "steps" -> new Step.Sequence(head, sequence(required(step, "steps"), scope.nested(node)));
            case "parallel" -> new Step.Parallel(head, branches(node, step, scope), aggregate(step));
            case "foreach" -> foreach(node, step, head, scope);
            default -> new Step.Included(head, included.apply(required(step, "workflow")));
        };
    }

    private static InvalidFileException withoutKind(YamlNode node) {
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

    private Step.Head head(YamlNode node, Map<String, YamlNode> step, String kind, Scope scope) {
        YamlNode name = step.get("name");
        YamlNode when = step.get("when");
        return new Step.Head(
                name == null ? nameOf(node, step, kind) : name.parse(Scalars::name),
                when == null ? Condition.always() : ConditionReader.read(when, scope.answers()),
                ifFailed(step, scope));
    }

    private static String nameOf(YamlNode node, Map<String, YamlNode> step, String kind) {
        return Stream.of("function", "workflow")
                .filter(step::containsKey)
                .map(key -> required(step, key).text())
                .findFirst()
                .orElseThrow(() -> node.error("a " + kind + " step needs a name"));
    }

    /** {@code if_failed}, or {@code on_failure} as it was called before. */
    private IfFailed ifFailed(Map<String, YamlNode> step, Scope scope) {
        YamlNode old = step.get("on_failure");
        YamlNode node = step.getOrDefault("if_failed", old);
        if (node == null) {
            return IfFailed.FAIL;
        }
        if (old != null && old != node) {
            throw old.error("a step has if_failed or on_failure, its old name, but not both");
        }
        if (!node.isMapping()) {
            return node.parse(StepReader::ifFailed);
        }
        YamlNode use = node.mapping("if_failed", List.of("use")).get("use");
        if (use == null) {
            throw node.error("write fail, continue or {use: FUNCTION}");
        }
        return new IfFailed.Use(calls.readStandalone("use", use, scope.variables()));
    }

    private static IfFailed ifFailed(String text) {
        return switch (text) {
            case "fail" -> IfFailed.FAIL;
            case "continue" -> new IfFailed.Continue();
            default -> throw new IllegalArgumentException("write fail, continue or {use: FUNCTION}");
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
        return new Step.Head(name, Condition.always(), IfFailed.FAIL);
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
        if (foreach.isMapping()) {
            YamlNode entriesOf =
                    foreach.mapping("foreach", List.of("entries_of")).get("entries_of");
            if (entriesOf == null || !entriesOf.text().equals("zip")) {
                throw foreach.error("write {entries_of: zip} for the files of the zip that the body is");
            }
            return new Values.ZipEntries();
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
