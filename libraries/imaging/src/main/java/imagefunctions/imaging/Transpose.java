package imagefunctions.imaging;

import java.util.Optional;

/** Turns or mirrors a picture; what it asked to be set upright must be settled before. */
record Transpose(Turn method) implements Operation {

    @Override
    public Picture apply(Picture picture) {
        return method.apply(picture);
    }

    @Override
    public Optional<CoefficientPlan> plan(CoefficientPlan plan) {
        return Optional.of(plan.turned(method));
    }
}
