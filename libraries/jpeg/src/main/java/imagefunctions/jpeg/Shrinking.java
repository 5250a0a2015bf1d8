package imagefunctions.jpeg;

import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.samples.Lanczos;
import imagefunctions.jpeg.samples.Plane;
import imagefunctions.jpeg.samples.PlaneReader;
import imagefunctions.jpeg.scan.BlockSource;
import java.util.ArrayList;
import java.util.List;

/** Shrinks a picture: planes are decoded from as few coefficients as suffice and resized in YCbCr. */
final class Shrinking {
    /** Per cent of the target size that a scaled-down decoding must have, at least, to be resized from. */
    private static final int GAP = 186;

    private final List<Component> components;
    private final int width;
    private final int height;

    /** The source's size in pixels of the result; fractional where the last pixel is only partly covered. */
    private final double sourceWidth;

    private final double sourceHeight;
    private final int[] blockSizes;

    /** Shrinks to a size that is measured after the transform. */
    Shrinking(JpegFile file, JpegEdit.Size size, Transform transform, boolean grey) {
        components =
                grey ? file.frame().components().subList(0, 1) : file.frame().components();
        blockSizes = new int[components.size()];
        switch (size) {
            case JpegEdit.Reduced(int denominator) -> {
                width = Math.ceilDiv(file.width(), denominator);
                height = Math.ceilDiv(file.height(), denominator);
                sourceWidth = file.width() / (double) denominator;
                sourceHeight = file.height() / (double) denominator;
                blockSizes[0] =
                        file.frame().wholeLuma() ? 8 / denominator : sufficient(components.getFirst(), width, height);
            }
            case JpegEdit.Resized(int across, int down) -> {
                width = transform.transposes() ? down : across;
                height = transform.transposes() ? across : down;
                sourceWidth = width;
                sourceHeight = height;
                blockSizes[0] = sufficient(components.getFirst(), width, height);
            }
        }
        for (int c = 1; c < components.size(); c++) {
            blockSizes[c] = sufficient(components.get(c), half(width), half(height));
        }
    }

    /** Whether no AC coefficient is needed. */
    boolean dcOnly() {
        for (int size : blockSizes) {
            if (size > 1) {
                return false;
            }
        }
        return true;
    }

    /** Luma in the target size and chroma in half of it, transformed. */
    List<Plane> planes(BlockSource[] sources, Transform transform) {
        List<Plane> planes = new ArrayList<>();
        for (int c = 0; c < components.size(); c++) {
            Plane plane = PlaneReader.read(sources[c], components.get(c), blockSizes[c]);
            double perPixelAcross = plane.coveredWidth() / sourceWidth;
            double perPixelDown = plane.coveredHeight() / sourceHeight;
            Plane resized = Lanczos.resize(
                    plane,
                    axis(c, width, perPixelAcross, transform.mirrorsAcross()),
                    axis(c, height, perPixelDown, transform.mirrorsDown()));
            planes.add(resized.transformed(transform));
        }
        return planes;
    }

    private static Lanczos.Axis axis(int c, int size, double perPixel, boolean mirrored) {
        return c == 0
                ? new Lanczos.Axis(size, 1, size, perPixel, mirrored)
                : new Lanczos.Axis(half(size), 2, size, perPixel, mirrored);
    }

    private static int half(int size) {
        return (size + 1) / 2;
    }

    private static int sufficient(Component component, int width, int height) {
        int size = 1;
        while (size < 8
                && (100L * component.width() * size < 8L * GAP * width
                        || 100L * component.height() * size < 8L * GAP * height)) {
            size *= 2;
        }
        return size;
    }
}
