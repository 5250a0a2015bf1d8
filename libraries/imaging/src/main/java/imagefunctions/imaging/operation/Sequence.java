package imagefunctions.imaging.operation;

import imagefunctions.imaging.pixels.Picture;
import java.util.List;
import java.util.Optional;

/** Several operations, one after the other. */
record Sequence(List<Operation> operations) implements Operation {

    Sequence {
        operations = List.copyOf(operations);
    }

    @Override
    public Picture apply(Picture picture) {
        Picture result = picture;
        for (Operation operation : operations) {
            result = operation.apply(result);
        }
        return result;
    }

    @Override
    public Optional<CoefficientPlan> plan(CoefficientPlan plan) {
        Optional<CoefficientPlan> result = Optional.of(plan);
        for (Operation operation : operations) {
            result = result.flatMap(operation::plan);
        }
        return result;
    }
}
