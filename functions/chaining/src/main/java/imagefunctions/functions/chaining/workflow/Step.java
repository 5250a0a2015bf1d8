package imagefunctions.functions.chaining.workflow;

import java.util.List;
import java.util.stream.Collectors;

/** One step of a workflow: it takes the current body and makes the next one. */
public sealed interface Step {

    /** What every step has: a name that is its own among its siblings, a condition, a way to fail. */
    record Head(String name, Condition when, OnFailure onFailure) {}

    enum OnFailure {
        /** The failure is the workflow's. */
        FAIL,
        /** The step is left out, and the answer says so. */
        CONTINUE
    }

    /** Calls a function with the body; its answer is the next body. */
    record Function(Head head, FunctionCall call) implements Step {}

    /** Calls a function with the body, and keeps its answer, a JSON list, for a {@link Foreach}; the body stays. */
    record Listing(Head head, FunctionCall call) implements Step {}

    /** Image operations that follow each other: one decoding, one encoding, no HTTP. */
    record OnePass(List<Function> operations) implements Step {
        public OnePass {
            operations = List.copyOf(operations);
        }

        @Override
        public Head head() {
            String names = operations.stream().map(Step::name).collect(Collectors.joining("+"));
            return new Head(names, Condition.always(), OnFailure.FAIL);
        }
    }

    /** One step after the other. */
    record Sequence(Head head, List<Step> steps) implements Step {
        public Sequence {
            steps = List.copyOf(steps);
        }
    }

    /** Each branch gets the body, all at the same time. */
    record Parallel(Head head, List<Step> branches, Aggregate aggregate) implements Step {
        public Parallel {
            branches = List.copyOf(branches);
        }
    }

    /** The steps get the body once for every value, which they know by the name {@code as}. */
    record Foreach(Head head, Values values, String as, int maxParallel, List<Step> steps, Aggregate aggregate)
            implements Step {
        public Foreach {
            steps = List.copyOf(steps);
        }
    }

    /** Runs another workflow of the folder, within its own time and with its own functions at the end. */
    record Included(Head head, Workflow flow) implements Step {}

    Head head();

    default String name() {
        return head().name();
    }

    /** The steps inside this one. */
    default List<Step> inner() {
        return switch (this) {
            case Function f -> List.of();
            case Listing l -> List.of();
            case OnePass p -> List.of();
            case Sequence s -> s.steps();
            case Parallel p -> p.branches();
            case Foreach f -> f.steps();
            case Included i -> i.flow().steps();
        };
    }

    /** How many steps of the file this one stands for. */
    default int width() {
        return this instanceof OnePass pass ? pass.operations().size() : 1;
    }

    static int size(List<Step> steps) {
        return steps.stream()
                .mapToInt(step -> step.width() + size(step.inner()))
                .sum();
    }

    static int depth(List<Step> steps) {
        return steps.stream().mapToInt(step -> 1 + depth(step.inner())).max().orElse(0);
    }
}
