package imagefunctions.imaging.operation;

import imagefunctions.jpeg.JpegEdit;
import imagefunctions.jpeg.format.Transform;

/**
 * The edit of a JPEG file in the DCT domain that a pipeline amounts to; each operation adds its part.
 *
 * @param edit what the operations so far amount to
 * @param width of the picture after them, in pixels
 * @param height of the picture after them, in pixels
 * @param upright the transform that its EXIF orientation calls for, if not yet applied
 * @param shrunkTwice whether it would be shrunk more than once, which the engine cannot do
 */
public record DctPlan(JpegEdit edit, int width, int height, Transform upright, boolean shrunkTwice) {

    /** The plan that leaves the picture unchanged. */
    public static DctPlan of(int width, int height, Transform upright) {
        return new DctPlan(JpegEdit.NONE, width, height, upright, false);
    }

    /** Discards the EXIF orientation. */
    public DctPlan withoutOrientation() {
        return new DctPlan(edit, width, height, Transform.NONE, shrunkTwice);
    }

    /** Flips, transposes or rotates the picture. */
    public DctPlan transformed(Transform transform) {
        JpegEdit transformed = edit.transformed(transform);
        if (!transform.transposes()) {
            return new DctPlan(transformed, width, height, upright, shrunkTwice);
        }
        // The engine transforms before it resizes.
        JpegEdit fitted = edit.size().orElse(null) instanceof JpegEdit.Resized(int across, int down)
                ? transformed.resized(down, across)
                : transformed;
        return new DctPlan(fitted, height, width, upright, shrunkTwice);
    }

    /** Drops the chroma components. */
    public DctPlan greyed() {
        return new DctPlan(edit.greyed(), width, height, upright, shrunkTwice);
    }

    /** Shrinks the picture by a factor of 2, 4 or 8; sides are rounded up. */
    public DctPlan reduced(int denominator) {
        return shrunk(edit.reduced(denominator), Math.ceilDiv(width, denominator), Math.ceilDiv(height, denominator));
    }

    /** Shrinks the picture to a size in pixels. */
    public DctPlan resized(int newWidth, int newHeight) {
        return shrunk(edit.resized(newWidth, newHeight), newWidth, newHeight);
    }

    private DctPlan shrunk(JpegEdit shrunk, int newWidth, int newHeight) {
        boolean again = edit.size().isPresent();
        return new DctPlan(again ? edit : shrunk, newWidth, newHeight, upright, shrunkTwice || again);
    }

    /** Requantises the picture for a quality from 1 to 100 on libjpeg's scale. */
    public DctPlan withQuality(int quality) {
        return new DctPlan(edit.withQuality(quality), width, height, upright, shrunkTwice);
    }
}
