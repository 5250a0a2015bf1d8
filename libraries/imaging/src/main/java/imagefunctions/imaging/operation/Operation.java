package imagefunctions.imaging.operation;

import imagefunctions.imaging.pixels.Picture;
import java.util.Optional;

/** A step from one picture to the next, its parameters checked; a lambda from picture to picture is one, too. */
@FunctionalInterface
public interface Operation {

    /** Returns the next picture, or the same one if there is nothing to do; never changes the given one. */
    Picture apply(Picture picture);

    /**
     * The same for the DCT domain: adds to the plan what {@link #apply} does, so that a JPEG file can do without pixels.
     *
     * @return the longer plan, or nothing if the operation needs pixels, as it does unless it says otherwise
     */
    default Optional<DctPlan> plan(DctPlan plan) {
        return Optional.empty();
    }
}
