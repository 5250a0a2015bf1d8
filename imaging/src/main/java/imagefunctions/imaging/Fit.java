package imagefunctions.imaging;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.DoubleUnaryOperator;
import net.coobird.thumbnailator.Thumbnails;

/** Shrinks a picture to fit into a box, aspect kept; never enlarges. */
record Fit(Box box) implements Operation {

    @Override
    public Picture apply(Picture picture) {
        int boxWidth = box.width().orElse(Box.MAX);
        int boxHeight = box.height().orElse(Box.MAX);
        if (picture.width() <= boxWidth && picture.height() <= boxHeight) {
            return picture;
        }
        double aspect = (double) picture.width() / picture.height();
        if ((double) boxWidth / boxHeight >= aspect) {
            int height = boxHeight;
            return resize(picture, nearest(height * aspect, width -> Math.abs(aspect - width / height)), height);
        }
        int width = boxWidth;
        return resize(
                picture, width, nearest(width / aspect, height -> height == 0 ? 0 : Math.abs(aspect - width / height)));
    }

    /** Of the whole numbers around a side, the one whose aspect is closest to the picture's, as Pillow rounds. */
    private static int nearest(double side, DoubleUnaryOperator error) {
        double below = Math.floor(side);
        double above = Math.ceil(side);
        double best = error.applyAsDouble(above) < error.applyAsDouble(below) ? above : below;
        return (int) Math.max(best, 1);
    }

    private static Picture resize(Picture picture, int width, int height) {
        try {
            BufferedImage resized = Thumbnails.of(picture.pixels())
                    .forceSize(width, height)
                    .imageType(picture.pixels().getType())
                    .resizer(new Bicubic())
                    .asBufferedImage();
            return picture.withPixels(resized);
        } catch (IOException e) {
            throw new UncheckedIOException("A picture in memory is resized without input or output", e);
        }
    }
}
