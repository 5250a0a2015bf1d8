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

/** Reads steps, each of which is one of five kinds: function, steps, parallel, foreach, workflow. */
final class StepReader {
    private static final List<String> EVERY = List.of("name", "when", "on_failure");
    private static final Map<String, List<String>> KINDS = kinds();

    private final CallReader calls;
    private final Function<YamlNode, Workflow> included;
    private final boolean pushdown;

    /**
     * A reader of one workflow's steps.
     *
     * @param included finds the workflow that an entry names
     * @param pushdown whether image operations that follow each other become one step
     */
    StepReader(CallReader calls, Function<YamlNode, Workflow> included, boolean pushdown) {
        this.calls = calls;
        this.included = included;
        this.pushdown = pushdown;
    }

    /** What a step can refer to: the names of foreach values, and earlier steps that answer a list. */
    private record Scope(Set<String> variables, Set<String> lists, int depth) {
        Scope inside(YamlNode step) {
            if (depth == Bounds.DEPTH) {
                throw step.wrong("steps lie in steps more than " + Bounds.DEPTH
                        + " deep: move some into a workflow of their own");
            }
            return new Scope(variables, lists, depth + 1);
        }

        Scope knowing(String variable) {
            return new Scope(with(variables, variable), lists, depth);
        }

        Scope after(String list) {
            return new Scope(variables, with(lists, list), depth);
        }

        private static Set<String> with(Set<String> names, String one) {
            Set<String> more = new LinkedHashSet<>(names);
            more.add(one);
            return more;
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
        return sequence(steps, new Scope(Set.of(), Set.of(), 0).inside(steps));
    }

    private List<Step> sequence(YamlNode steps, Scope scope) {
        List<YamlNode> entries = steps.list();
        List<Step> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            Step step = step(entries.get(i), scope);
            unique(entries.get(i), step, names);
            if (isListed(step.name(), entries.subList(i + 1, entries.size()))) {
                step = listing(entries.get(i), step);
                scope = scope.after(step.name());
            }
            read.add(step);
        }
        return pushdown ? Pushdown.merged(read) : read;
    }

    private static void unique(YamlNode entry, Step step, Set<String> names) {
        if (!names.add(step.name())) {
            throw entry.wrong("two steps here are called \"" + step.name() + "\": give each a name of its own");
        }
    }

    /** Whether one of these steps, or one inside them, goes through what the step of this name answered. */
    private static boolean isListed(String name, List<YamlNode> later) {
        return later.stream().anyMatch(entry -> goesThrough(name, entry));
    }

    private static boolean goesThrough(String name, YamlNode entry) {
        if (entry.isList() && !entry.isEmpty()) {
            return isListed(name, entry.list());
        }
        if (!entry.isMapping()) {
            return false;
        }
        Map<String, YamlNode> mapping = entry.mapping();
        YamlNode foreach = mapping.get("foreach");
        return (foreach != null && foreach.isText() && foreach.text().equals(name))
                || Stream.of("steps", "parallel")
                        .map(mapping::get)
                        .anyMatch(inner -> inner != null && goesThrough(name, inner));
    }

    private static Step listing(YamlNode entry, Step step) {
        if (step instanceof Step.Function(Step.Head head, var call)
                && head.when().equals(Condition.always())
                && head.onFailure() == OnFailure.FAIL) {
            return new Step.Listing(head, call);
        }
        throw entry.wrong("a foreach goes through what \"" + step.name()
                + "\" answers: it must be a function step without when and on_failure");
    }

    private Step step(YamlNode entry, Scope scope) {
        Map<String, YamlNode> step = entry.mapping();
        String kind =
                KINDS.keySet().stream().filter(step::containsKey).findFirst().orElseThrow(() -> kindless(entry));
        entry.mapping("a " + kind + " step", known(kind, step));
        Step.Head head = head(entry, step, kind);
        return switch (kind) {
            case "function" -> new Step.Function(head, calls.read(step, scope.variables()));
            case "steps" -> new Step.Sequence(head, sequence(required(step, "steps"), scope.inside(entry)));
            case "parallel" -> new Step.Parallel(head, branches(entry, step, scope), aggregate(step));
            case "foreach" -> foreach(entry, step, head, scope);
            default -> new Step.Included(head, included.apply(required(step, "workflow")));
        };
    }

    private static InvalidWorkflowException kindless(YamlNode entry) {
        Set<String> known = new LinkedHashSet<>(EVERY);
        KINDS.values().forEach(known::addAll);
        entry.mapping("a step", known);
        return entry.wrong("a step needs one of " + String.join(", ", KINDS.keySet()));
    }

    private static Set<String> known(String kind, Map<String, YamlNode> step) {
        Set<String> known = new LinkedHashSet<>(EVERY);
        known.addAll(KINDS.getOrDefault(kind, List.of()));
        if (kind.equals("foreach") && !step.containsKey("steps") && !step.containsKey("workflow")) {
            known.addAll(CallReader.KEYS);
        }
        return known;
    }

    private static Step.Head head(YamlNode entry, Map<String, YamlNode> step, String kind) {
        YamlNode name = step.get("name");
        YamlNode when = step.get("when");
        YamlNode onFailure = step.get("on_failure");
        return new Step.Head(
                name == null ? nameOf(entry, step, kind) : name.read(Scalars::name),
                when == null ? Condition.always() : ConditionReader.read(when),
                onFailure == null ? OnFailure.FAIL : onFailure.read(StepReader::onFailure));
    }

    private static String nameOf(YamlNode entry, Map<String, YamlNode> step, String kind) {
        return Stream.of("function", "workflow")
                .filter(step::containsKey)
                .map(key -> required(step, key).text())
                .findFirst()
                .orElseThrow(() -> entry.wrong("a " + kind + " step needs a name"));
    }

    private static OnFailure onFailure(String text) {
        return switch (text) {
            case "fail" -> OnFailure.FAIL;
            case "continue" -> OnFailure.CONTINUE;
            default -> throw new IllegalArgumentException("write fail or continue");
        };
    }

    private List<Step> branches(YamlNode entry, Map<String, YamlNode> step, Scope scope) {
        YamlNode parallel = required(step, "parallel");
        List<YamlNode> entries = parallel.list();
        if (entries.size() > Bounds.BRANCHES) {
            throw parallel.wrong("there are " + entries.size() + " branches, at most " + Bounds.BRANCHES
                    + " are allowed: use foreach, or two steps");
        }
        Scope inside = scope.inside(entry);
        Set<String> names = new HashSet<>();
        List<Step> branches = new ArrayList<>();
        for (YamlNode branch : entries) {
            Step read = step(branch, inside);
            unique(branch, read, names);
            branches.add(read);
        }
        return branches;
    }

    private Step foreach(YamlNode entry, Map<String, YamlNode> step, Step.Head head, Scope scope) {
        YamlNode most = step.get("max_parallel");
        String as = Optional.ofNullable(step.get("as"))
                .map(name -> name.read(Scalars::variable))
                .orElse("value");
        return new Step.Foreach(
                head,
                values(required(step, "foreach"), scope),
                as,
                most == null ? 4 : most.read(text -> Scalars.number(text, 1, Bounds.BRANCHES)),
                repeated(entry, step, scope.inside(entry).knowing(as)),
                aggregate(step));
    }

    /** What a foreach does with each value: its own function, its steps, or another workflow. */
    private List<Step> repeated(YamlNode entry, Map<String, YamlNode> step, Scope scope) {
        YamlNode steps = step.get("steps");
        if (steps != null) {
            return sequence(steps, scope);
        }
        YamlNode workflow = step.get("workflow");
        if (workflow != null) {
            return List.of(new Step.Included(plain(workflow.text()), included.apply(workflow)));
        }
        YamlNode function = step.get("function");
        if (function != null) {
            return List.of(new Step.Function(plain(function.text()), calls.read(step, scope.variables())));
        }
        throw entry.wrong("a foreach step needs a function, steps or a workflow");
    }

    private static Step.Head plain(String name) {
        return new Step.Head(name, Condition.always(), OnFailure.FAIL);
    }

    private static Values values(YamlNode foreach, Scope scope) {
        if (foreach.isText()) {
            String step = foreach.text();
            if (!scope.lists().contains(step)) {
                throw foreach.wrong("no step before this one is called \"" + step
                        + "\": give foreach a list of values, or the name of an earlier step that answers one");
            }
            return new Values.AnswerOf(step);
        }
        List<String> values = foreach.list().stream().map(YamlNode::text).toList();
        if (values.size() > Bounds.VALUES) {
            throw foreach.wrong("there are " + values.size() + " values, at most " + Bounds.VALUES + " are allowed");
        }
        return new Values.Listed(values);
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
            default -> new Aggregate.By(calls.readAlone("aggregate", aggregate));
        };
    }

    private static YamlNode required(Map<String, YamlNode> step, String key) {
        YamlNode entry = step.get(key);
        if (entry == null) {
            throw new IllegalStateException("the kind of a step was told by its key " + key);
        }
        return entry;
    }
}
