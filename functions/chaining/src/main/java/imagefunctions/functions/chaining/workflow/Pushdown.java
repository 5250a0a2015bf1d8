package imagefunctions.functions.chaining.workflow;

import imagefunctions.imaging.Recipe;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the steps that can run in one pass: two or more consecutive image operations without conditions or headers, or a
 * single one that a {@code foreach} repeats on the same picture.
 */
public final class Pushdown {
    private Pushdown() {}

    /** The same steps, with each such sequence merged into one. */
    public static List<Step> merged(List<Step> steps) {
        List<Step> merged = new ArrayList<>();
        List<Step.Function> consecutive = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Function function && fits(function)) {
                consecutive.add(function);
            } else {
                flush(consecutive, merged);
                merged.add(step instanceof Step.Foreach foreach ? inOnePass(foreach) : step);
            }
        }
        flush(consecutive, merged);
        return merged;
    }

    private static Step.Foreach inOnePass(Step.Foreach foreach) {
        return foreach.hasOneBody()
                        && foreach.steps().size() == 1
                        && foreach.steps().getFirst() instanceof Step.Function function
                        && fits(function)
                ? foreach.with(List.of(new Step.OnePass(List.of(function))))
                : foreach;
    }

    private static void flush(List<Step.Function> consecutive, List<Step> merged) {
        if (consecutive.size() > 1) {
            merged.add(new Step.OnePass(consecutive));
        } else {
            merged.addAll(consecutive);
        }
        consecutive.clear();
    }

    private static boolean fits(Step.Function step) {
        return Recipe.named(step.call().function()).isPresent()
                && step.call().method().equals("POST")
                && step.call().headers().isEmpty()
                && step.head().when().equals(Condition.always())
                && step.head().ifFailed().equals(IfFailed.FAIL);
    }
}
