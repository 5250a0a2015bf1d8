package imagefunctions.imaging.operation;

import imagefunctions.imaging.pixels.Picture;
import imagefunctions.imaging.pixels.Turn;
import java.util.Optional;

/** Rotates or mirrors a picture; its EXIF orientation must have been applied or discarded before. */
public record Transpose(Turn method) implements Operation {

    @Override
    public Picture apply(Picture picture) {
        return method.apply(picture);
    }

    @Override
    public Optional<DctPlan> plan(DctPlan plan) {
        return Optional.of(plan.turned(method));
    }
}
