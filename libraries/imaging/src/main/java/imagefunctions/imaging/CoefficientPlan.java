package imagefunctions.imaging;

import imagefunctions.jpeg.JpegEdit;
import java.util.Optional;

/**
 * What operations together come to on the coefficients of a JPEG file; each operation adds its part, or says that it
 * cannot be done this way.
 *
 * @param edit what has come together so far
 * @param width of the picture by then
 * @param height of the picture by then
 * @param upright the turn that the file still asks for to be seen upright
 */
record CoefficientPlan(JpegEdit edit, int width, int height, Optional<Turn> upright) {

    static CoefficientPlan of(JpegHeader header) {
        return new CoefficientPlan(JpegEdit.NONE, header.width(), header.height(), header.upright());
    }

    CoefficientPlan settled() {
        return new CoefficientPlan(edit, width, height, Optional.empty());
    }

    CoefficientPlan turned(Turn turn) {
        JpegEdit turned = edit.turned(imagefunctions.jpeg.Turn.valueOf(turn.name()));
        if (!turn.swapsSides()) {
            return new CoefficientPlan(turned, width, height, upright);
        }
        // A size in pixels is that of the picture as it lies in the end.
        JpegEdit fitted = edit.size().orElse(null) instanceof JpegEdit.Resized(int across, int down)
                ? turned.resized(down, across)
                : turned;
        return new CoefficientPlan(fitted, height, width, upright);
    }

    CoefficientPlan greyed() {
        return new CoefficientPlan(edit.greyed(), width, height, upright);
    }

    /** To one part in so many, rounded up; a picture is shrunk only once. */
    Optional<CoefficientPlan> reduced(int denominator) {
        return edit.size().isPresent()
                ? Optional.empty()
                : Optional.of(new CoefficientPlan(
                        edit.reduced(denominator),
                        Math.ceilDiv(width, denominator),
                        Math.ceilDiv(height, denominator),
                        upright));
    }

    /** To a smaller size in pixels; a picture is shrunk only once. */
    Optional<CoefficientPlan> resized(int newWidth, int newHeight) {
        return edit.size().isPresent()
                ? Optional.empty()
                : Optional.of(new CoefficientPlan(edit.resized(newWidth, newHeight), newWidth, newHeight, upright));
    }

    CoefficientPlan withQuality(int quality) {
        return new CoefficientPlan(edit.withQuality(quality), width, height, upright);
    }
}
