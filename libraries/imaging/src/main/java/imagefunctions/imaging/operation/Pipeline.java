package imagefunctions.imaging.operation;

import imagefunctions.imaging.pixels.Picture;
import java.util.List;
import java.util.Optional;

/** Several operations run in order as one, without encoding in between. */
public record Pipeline(List<Operation> operations) implements Operation {

    public Pipeline {
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
    public Optional<DctPlan> plan(DctPlan plan) {
        Optional<DctPlan> result = Optional.of(plan);
        for (Operation operation : operations) {
            result = result.flatMap(operation::plan);
        }
        return result;
    }
}
