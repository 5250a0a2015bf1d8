package imagefunctions.functions.chaining.workflow;

import imagefunctions.functions.chaining.workflow.Step.OnFailure;
import imagefunctions.imaging.Recipe;
import java.util.ArrayList;
import java.util.List;

/** Finds the steps that can run in one pass: two or more image operations in a row that ask for nothing else. */
public final class Pushdown {
    private Pushdown() {}

    /** The same steps, with every such row as a single one. */
    public static List<Step> merged(List<Step> steps) {
        List<Step> merged = new ArrayList<>();
        List<Step.Function> row = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Function function && fits(function)) {
                row.add(function);
            } else {
                end(row, merged);
                merged.add(step);
            }
        }
        end(row, merged);
        return merged;
    }

    private static void end(List<Step.Function> row, List<Step> merged) {
        if (row.size() > 1) {
            merged.add(new Step.OnePass(row));
        } else {
            merged.addAll(row);
        }
        row.clear();
    }

    private static boolean fits(Step.Function step) {
        return Recipe.named(step.call().function()).isPresent()
                && step.call().method().equals("POST")
                && step.call().headers().isEmpty()
                && step.head().when().equals(Condition.always())
                && step.head().onFailure() == OnFailure.FAIL;
    }
}
