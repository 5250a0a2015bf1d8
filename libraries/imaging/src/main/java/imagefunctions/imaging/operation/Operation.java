package imagefunctions.imaging.operation;

import imagefunctions.imaging.pixels.Picture;
import java.util.List;
import java.util.Optional;

/** A step from one picture to the next, with its parameters already checked. */
public sealed interface Operation permits Autorotate, BlackAndWhite, Draft, Fit, Quality, Sequence, Transpose {

    /** Returns the next picture, or the same one where there is nothing to do; never changes the given one. */
    Picture apply(Picture picture);

    /** Adds what it does to a plan on coefficients, or nothing if it needs pixels. */
    Optional<CoefficientPlan> plan(CoefficientPlan plan);

    /** One operation that does several, one after the other, with no encoding in between. */
    static Operation inOrder(List<Operation> operations) {
        return new Sequence(operations);
    }
}
