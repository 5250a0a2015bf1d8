package imagefunctions.imaging;

import java.util.List;

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
}
