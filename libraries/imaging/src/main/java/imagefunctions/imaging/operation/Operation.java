package imagefunctions.imaging.operation;

import imagefunctions.imaging.pixels.Picture;
import java.util.Optional;

/** A step from one picture to the next, with its parameters already checked; a lambda will do. */
@FunctionalInterface
public interface Operation {

    /** Returns the next picture, or the same one if there is nothing to do; never changes the given one. */
    Picture apply(Picture picture);

    /**
     * Adds to the plan what {@link #apply} does, so that a JPEG file need not be decoded to pixels.
     *
     * @return the new plan, or nothing if the operation needs pixels, which is the default
     */
    default Optional<DctPlan> plan(DctPlan plan) {
        return Optional.empty();
    }
}
