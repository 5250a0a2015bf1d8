package imagefunctions.imaging;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import net.coobird.thumbnailator.Thumbnails;

/** Shrinks a picture to fit into a box, aspect kept; never enlarges. */
record Fit(Box box) implements Operation {

    /** A size in pixels. */
    private record Size(int width, int height) {}

    @Override
    public Picture apply(Picture picture) {
        Size size = fitted(picture.width(), picture.height());
        return size.width() == picture.width() && size.height() == picture.height() ? picture : resize(picture, size);
    }

    @Override
    public Optional<CoefficientPlan> plan(CoefficientPlan plan) {
        Size size = fitted(plan.width(), plan.height());
        return size.width() == plan.width() && size.height() == plan.height()
                ? Optional.of(plan)
                : plan.resized(size.width(), size.height());
    }

    private Size fitted(int width, int height) {
        int boxWidth = box.width().orElse(Box.MAX);
        int boxHeight = box.height().orElse(Box.MAX);
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

    /** Of the whole numbers around a side, the one whose aspect is closest to the picture's, as Pillow rounds. */
    private static int nearest(double side, DoubleUnaryOperator error) {
        double below = Math.floor(side);
        double above = Math.ceil(side);
        double best = error.applyAsDouble(above) < error.applyAsDouble(below) ? above : below;
        return (int) Math.max(best, 1);
    }

    private static Picture resize(Picture picture, Size size) {
        try {
            BufferedImage resized = Thumbnails.of(picture.pixels())
                    .forceSize(size.width(), size.height())
                    .imageType(picture.pixels().getType())
                    .resizer(new Bicubic())
                    .asBufferedImage();
            return picture.withPixels(resized);
        } catch (IOException e) {
            throw new UncheckedIOException("A picture in memory is resized without input or output", e);
        }
    }
}
