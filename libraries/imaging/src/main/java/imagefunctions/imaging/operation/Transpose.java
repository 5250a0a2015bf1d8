package imagefunctions.imaging.operation;

import imagefunctions.imaging.pixels.Picture;
import imagefunctions.imaging.pixels.Turn;
import java.util.Optional;

/** Turns or mirrors a picture; what it asked to be set upright must be settled before. */
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
