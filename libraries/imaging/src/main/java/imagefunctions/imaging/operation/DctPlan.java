package imagefunctions.imaging.operation;

import imagefunctions.imaging.pixels.Turn;
import imagefunctions.jpeg.JpegEdit;
import java.util.Optional;

/**
 * What a pipeline comes to in the DCT domain of a JPEG file; each operation adds its part.
 *
 * @param edit what the operations so far come to
 * @param width of the picture after them, in pixels
 * @param height of the picture after them, in pixels
 * @param upright the turn that its EXIF orientation still asks for
 * @param shrunkTwice whether it was to be shrunk a second time, which coefficients do not allow
 */
public record DctPlan(JpegEdit edit, int width, int height, Optional<Turn> upright, boolean shrunkTwice) {

    /** The plan to leave the picture as it is. */
    public static DctPlan of(int width, int height, Optional<Turn> upright) {
        return new DctPlan(JpegEdit.NONE, width, height, upright, false);
    }

    /** Its EXIF orientation is done with. */
    public DctPlan settled() {
        return new DctPlan(edit, width, height, Optional.empty(), shrunkTwice);
    }

    /** Turned or mirrored, after all before. */
    public DctPlan turned(Turn turn) {
        JpegEdit turned = edit.turned(imagefunctions.jpeg.format.Transform.valueOf(turn.name()));
        if (!turn.swapsSides()) {
            return new DctPlan(turned, width, height, upright, shrunkTwice);
        }
        // The engine takes a size in pixels as that of the turned picture.
        JpegEdit fitted = edit.size().orElse(null) instanceof JpegEdit.Resized(int across, int down)
                ? turned.resized(down, across)
                : turned;
        return new DctPlan(fitted, height, width, upright, shrunkTwice);
    }

    /** Luma alone. */
    public DctPlan greyed() {
        return new DctPlan(edit.greyed(), width, height, upright, shrunkTwice);
    }

    /** Shrunk by a whole factor, 2, 4 or 8; sides are rounded up. */
    public DctPlan reduced(int denominator) {
        return shrunk(edit.reduced(denominator), Math.ceilDiv(width, denominator), Math.ceilDiv(height, denominator));
    }

    /** Shrunk to a size in pixels. */
    public DctPlan resized(int newWidth, int newHeight) {
        return shrunk(edit.resized(newWidth, newHeight), newWidth, newHeight);
    }

    private DctPlan shrunk(JpegEdit shrunk, int newWidth, int newHeight) {
        boolean again = edit.size().isPresent();
        return new DctPlan(again ? edit : shrunk, newWidth, newHeight, upright, shrunkTwice || again);
    }

    /** Requantised with the tables of this quality, 1 to 100 on libjpeg's scale. */
    public DctPlan withQuality(int quality) {
        return new DctPlan(edit.withQuality(quality), width, height, upright, shrunkTwice);
    }
}
