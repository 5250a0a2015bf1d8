package imagefunctions.imaging.operation;

import imagefunctions.imaging.pixels.Bicubic;
import imagefunctions.imaging.pixels.Picture;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Shrinks a picture to fit into a box and keeps its aspect ratio, as Pillow's thumbnail does; never enlarges. */
public record Fit(Box box) implements Operation {

    /** A size in pixels. */
    private record Size(int width, int height) {}

    @Override
    public Picture apply(Picture picture) {
        Size size = fitted(picture.width(), picture.height());
        return size.width() == picture.width() && size.height() == picture.height()
                ? picture
                : picture.withPixels(Bicubic.resize(picture.pixels(), size.width(), size.height()));
    }

    @Override
    public Optional<DctPlan> plan(DctPlan plan) {
        Size size = fitted(plan.width(), plan.height());
        return Optional.of(
                size.width() == plan.width() && size.height() == plan.height()
                        ? plan
                        : plan.resized(size.width(), size.height()));
    }

    private Size fitted(int width, int height) {
        int boxWidth = box.width().orElse(Box.ALLOWED.most());
        int boxHeight = box.height().orElse(Box.ALLOWED.most());
        if (width <= boxWidth && height <= boxHeight) {
            return new Size(width, height);
        }
        double aspect = (double) width / height;
        if ((double) boxWidth / boxHeight >= aspect) {
            return new Size(nearest(boxHeight * aspect, across -> Math.abs(aspect - across / boxHeight)), boxHeight);
        }
        return new Size(
                boxWidth, nearest(boxWidth / aspect, down -> down == 0 ? 0 : Math.abs(aspect - boxWidth / down)));
    }

    /** The side rounded up or down, whichever keeps the aspect ratio better, as Pillow rounds. */
    private static int nearest(double side, DoubleUnaryOperator error) {
        double below = Math.floor(side);
        double above = Math.ceil(side);
        double best = error.applyAsDouble(above) < error.applyAsDouble(below) ? above : below;
        return (int) Math.max(best, 1);
    }
}
