package imagefunctions.imaging.operation;

import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.Transform;
import java.util.Optional;

/** Flips, transposes or rotates a picture; its EXIF orientation must have been applied or discarded before. */
public record Transpose(Transform transform) implements Operation {

    @Override
    public Picture apply(Picture picture) {
        return picture.transformed(transform);
    }

    @Override
    public Optional<DctPlan> plan(DctPlan plan) {
        return Optional.of(plan.transformed(transform));
    }
}
