package imagefunctions.jpeg;

import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.samples.CoefficientLines;
import imagefunctions.jpeg.samples.Lanczos;
import imagefunctions.jpeg.samples.Plane;
import imagefunctions.jpeg.samples.PlaneReader;
import imagefunctions.jpeg.samples.SampleLines;
import imagefunctions.jpeg.samples.Strip;
import imagefunctions.jpeg.scan.BlockSource;
import imagefunctions.jpeg.scan.CoefficientReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shrinks a picture: planes are decoded from as few coefficients as suffice and resized in YCbCr. */
final class Shrinking {
    /**
     * Per cent of the target size that a scaled-down decoding must have, at least, to be resized from, and what it must
     * have where thin lines may be, and where dots, grids or small print may be: what they have above that is folded back
     * into the picture.
     */
    private static final int GAP = 145;

    private static final int WIDE_GAP = 186;
    private static final int WIDEST_GAP = 400;

    /** Tenths of bits that a pixel takes at least in such pictures; a camera's take two to three bits. */
    private static final int DENSE = 30;

    private static final int DENSEST = 55;

    private final List<Component> components;
    private final int width;
    private final int height;

    /** The source's size in pixels of the result; fractional where the last pixel is only partly covered. */
    private final double sourceWidth;

    private final double sourceHeight;
    private final int[] blockSizes;
    private final int gap;

    /** That of the component resized last. */
    private @Nullable Lanczos filter;

    /** Whether samples are those of libjpeg's scaled decoding; otherwise they are only there to be resized. */
    private final boolean scaled;

    /** Shrinks to a size that is measured after the transform. */
    Shrinking(JpegFile file, JpegEdit.Size size, Transform transform, boolean grey) {
        components =
                grey ? file.frame().components().subList(0, 1) : file.frame().components();
        blockSizes = new int[components.size()];
        gap = takes(file, DENSEST) ? WIDEST_GAP : takes(file, DENSE) ? WIDE_GAP : GAP;
        // No switch over patterns on the way of a first call: decision 12.
        if (size instanceof JpegEdit.Reduced(int denominator)) {
            scaled = true;
            width = Math.ceilDiv(file.width(), denominator);
            height = Math.ceilDiv(file.height(), denominator);
            sourceWidth = file.width() / (double) denominator;
            sourceHeight = file.height() / (double) denominator;
            blockSizes[0] =
                    file.frame().wholeLuma() ? 8 / denominator : sufficient(components.getFirst(), width, height);
        } else {
            JpegEdit.Resized resized = (JpegEdit.Resized) size;
            scaled = false;
            width = transform.transposes() ? resized.height() : resized.width();
            height = transform.transposes() ? resized.width() : resized.height();
            sourceWidth = width;
            sourceHeight = height;
            blockSizes[0] = sufficient(components.getFirst(), width, height);
        }
        for (int c = 1; c < components.size(); c++) {
            blockSizes[c] = sufficient(components.get(c), half(width), half(height));
        }
    }

    /** Whether a pixel is coded in as many tenths of a bit as one of a picture full of fine detail. */
    private static boolean takes(JpegFile file, int tenths) {
        return CoefficientReader.holds(file, (long) file.width() * file.height() * tenths / 80);
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

    /** Whether all coefficients are needed, of luma alone, from the top down. */
    boolean wholeInOrder() {
        return scaled && components.size() == 1 && blockSizes[0] > 1;
    }

    /** Luma in the target size and chroma in half of it, transformed. */
    List<Plane> planes(BlockSource[] sources, Transform transform, Strip strip, Cores cores) {
        List<Plane> planes = new ArrayList<>();
        for (int c = 0; c < components.size(); c++) {
            planes.add(plane(c, sources[c], transform, strip, cores).transformed(transform));
        }
        return planes;
    }

    private Plane plane(int c, BlockSource source, Transform transform, Strip strip, Cores cores) {
        SampleLines lines = scaled
                ? PlaneReader.read(source, components.get(c), blockSizes[c], cores)
                : new CoefficientLines(source, components.get(c), blockSizes[c]);
        Lanczos made = filter;
        if (made == null || !alike(c, c - 1)) {
            made = new Lanczos(
                    axis(c, width, lines.coveredWidth() / sourceWidth, transform.mirrorsAcross()),
                    axis(c, height, lines.coveredHeight() / sourceHeight, transform.mirrorsDown()));
        }
        filter = made;
        return made.resize(lines, strip, cores);
    }

    /** Whether two components have the same size, before and after. */
    private boolean alike(int a, int b) {
        Component one = components.get(a);
        Component other = components.get(b);
        return (a == 0) == (b == 0)
                && one.horizontal() == other.horizontal()
                && one.vertical() == other.vertical()
                && blockSizes[a] == blockSizes[b];
    }

    private static Lanczos.Axis axis(int c, int size, double perPixel, boolean mirrored) {
        return c == 0
                ? new Lanczos.Axis(size, 1, size, perPixel, mirrored)
                : new Lanczos.Axis(half(size), 2, size, perPixel, mirrored);
    }

    private static int half(int size) {
        return (size + 1) / 2;
    }

    private int sufficient(Component component, int width, int height) {
        int size = 1;
        while (size < 8 && !enough(component, size, width, height)) {
            size += scaled ? size : 1;
        }
        return size;
    }

    private boolean enough(Component component, int size, int width, int height) {
        return 100L * component.width() * size >= 8L * gap * width
                && 100L * component.height() * size >= 8L * gap * height;
    }
}
