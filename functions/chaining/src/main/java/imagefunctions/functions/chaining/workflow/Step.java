package imagefunctions.functions.chaining.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One step of a workflow, which turns the current body into the next one. */
public sealed interface Step {

    /** What every step has: a name unique among its siblings, a condition, and what to do when it fails. */
    record Head(String name, Condition when, IfFailed ifFailed) {}

    /** Calls a function with the body; its response is the next body. */
    record Function(Head head, FunctionCall call) implements Step {}

    /** Calls a function with the body and keeps its response, a JSON list, for a {@link Foreach}; the body is unchanged. */
    record ListCall(Head head, FunctionCall call) implements Step {}

    /** Calls a function with the body and keeps its response, a text, for a {@code when}; the body is unchanged. */
    record AnswerCall(Head head, FunctionCall call) implements Step {}

    /** Image operations that run in this process one after the other, with one decode and one encode. */
    record OnePass(List<Function> operations) implements Step {
        public OnePass {
            operations = List.copyOf(operations);
        }

        @Override
        public Head head() {
            String names = operations.stream().map(Step::name).collect(Collectors.joining("+"));
            return new Head(names, Condition.always(), IfFailed.FAIL);
        }

        /** The time that its operations have together. */
        public Duration timeout() {
            return operations.stream().map(step -> step.call().timeout()).reduce(Duration.ZERO, Duration::plus);
        }
    }

    /** One step after the other. */
    record Sequence(Head head, List<Step> steps) implements Step {
        public Sequence {
            steps = List.copyOf(steps);
        }
    }

    /** Runs the branches concurrently, each on the same body. */
    record Parallel(Head head, List<Step> branches, Aggregate aggregate) implements Step {
        public Parallel {
            branches = List.copyOf(branches);
        }
    }

    /** Runs the steps on the body once per value, which they refer to by the name {@code as}. */
    record Foreach(Head head, Values values, String as, int maxParallel, List<Step> steps, Aggregate aggregate)
            implements Step {
        public Foreach {
            steps = List.copyOf(steps);
        }

        /** Whether all iterations begin with the same body. */
        public boolean hasOneBody() {
            return !(values instanceof Values.ZipEntries);
        }

        /** The pass that is all it does with its one body, if that is so. */
        public Optional<OnePass> sharedPass() {
            return hasOneBody() && steps.size() == 1 && steps.getFirst() instanceof OnePass pass
                    ? Optional.of(pass)
                    : Optional.empty();
        }

        Foreach with(List<Step> others) {
            return new Foreach(head, values, as, maxParallel, others, aggregate);
        }
    }

    /** Runs another workflow of the folder, with its own timeout and final hooks. */
    record Included(Head head, Workflow workflow) implements Step {}

    Head head();

    default String name() {
        return head().name();
    }

    /** The steps inside this one. */
    default List<Step> inner() {
        return switch (this) {
            case Function f -> List.of();
            case ListCall l -> List.of();
            case AnswerCall a -> List.of();
            case OnePass p -> List.of();
            case Sequence s -> s.steps();
            case Parallel p -> p.branches();
            case Foreach f -> f.steps();
            case Included i -> i.workflow().steps();
        };
    }

    /** The query parameters that it reads, or a step inside it. */
    default Set<String> parameters() {
        Set<String> names = new TreeSet<>(head().when().parameters());
        calls().forEach(call -> names.addAll(call.parameters()));
        if (head().ifFailed() instanceof IfFailed.Use(FunctionCall call)) {
            names.addAll(call.parameters());
        }
        if (this instanceof Included(var _, Workflow workflow)) {
            names.addAll(workflow.parameters());
        }
        inner().forEach(step -> names.addAll(step.parameters()));
        return names;
    }

    private List<FunctionCall> calls() {
        return switch (this) {
            case Function f -> List.of(f.call());
            case ListCall l -> List.of(l.call());
            case AnswerCall a -> List.of(a.call());
            case OnePass p -> p.operations().stream().map(Function::call).toList();
            case Parallel(var _, var _, Aggregate.ByFunction(FunctionCall call)) -> List.of(call);
            case Foreach(var _, var _, var _, var _, var _, Aggregate.ByFunction(FunctionCall call)) -> List.of(call);
            default -> List.of();
        };
    }

    /** How many steps of the file this one covers. */
    default int span() {
        return this instanceof OnePass pass ? pass.operations().size() : 1;
    }

    static int size(List<Step> steps) {
        return steps.stream().mapToInt(step -> step.span() + size(step.inner())).sum();
    }

    static int depth(List<Step> steps) {
        return steps.stream().mapToInt(step -> 1 + depth(step.inner())).max().orElse(0);
    }
}
