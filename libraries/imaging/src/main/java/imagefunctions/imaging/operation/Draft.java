package imagefunctions.imaging.operation;

import imagefunctions.imaging.pixels.BlockMean;
import imagefunctions.imaging.pixels.Picture;
import java.util.Optional;

/** Makes a greyscale preview at 1/8, 1/4 or 1/2 of the size: the smallest that still covers the box, as in Pillow. */
public record Draft(Box box) implements Operation {

    @Override
    public Picture apply(Picture picture) {
        Picture grey = new BlackAndWhite().apply(picture);
        int scale = scale(picture.width(), picture.height());
        // The mean of scale x scale pixels is what libjpeg's reduced-size inverse DCT yields (jidctred.c).
        return scale == 1 ? grey : grey.withPixels(BlockMean.of(grey.pixels(), scale, scale));
    }

    private int scale(int width, int height) {
        int most = Math.min(width / box.width().orElse(1), height / box.height().orElse(1));
        return Math.min(8, Math.max(1, Integer.highestOneBit(most)));
    }

    @Override
    public Optional<DctPlan> plan(DctPlan plan) {
        int scale = scale(plan.width(), plan.height());
        return Optional.of(scale == 1 ? plan.greyed() : plan.greyed().reduced(scale));
    }
}
