package imagefunctions.jpeg;

import imagefunctions.jpeg.format.Transform;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An edit of a picture in one pass: it is transformed, then converted to grey, then shrunk, as far as each is asked
 * for.
 *
 * @param transform how the picture is flipped, transposed or rotated
 * @param grey whether chroma is dropped
 * @param size how the picture is shrunk, if it is
 * @param quality of the result, 1 to 100 on libjpeg's scale, with 4:2:0 chroma; if absent, pictures that are not shrunk
 *     keep the source's quantisation tables and sampling, which is lossless where blocks are aligned, and shrunk ones
 *     get {@link #DEFAULT_QUALITY}
 * @param optimised whether Huffman tables are computed for the picture, which takes longer and saves a few per cent
 */
public record JpegEdit(Transform transform, boolean grey, Optional<Size> size, OptionalInt quality, boolean optimised) {
    public static final int DEFAULT_QUALITY = 75;

    /** The edit that changes nothing. */
    public static final JpegEdit NONE =
            new JpegEdit(Transform.NONE, false, Optional.empty(), OptionalInt.empty(), false);

    public JpegEdit {
        if (quality.isPresent() && (quality.getAsInt() < 1 || quality.getAsInt() > 100)) {
            throw new IllegalArgumentException("Quality " + quality.getAsInt() + " is not from 1 to 100.");
        }
    }

    /** How a picture is shrunk. */
    public sealed interface Size {}

    /**
     * To 1/1, 1/2, 1/4 or 1/8 of its size, rounded up, by leaving out coefficients.
     *
     * @param denominator 1, 2, 4 or 8
     */
    public record Reduced(int denominator) implements Size {
        public Reduced {
            if (denominator != 1 && denominator != 2 && denominator != 4 && denominator != 8) {
                throw new IllegalArgumentException(
                        "A picture is reduced to 1/1, 1/2, 1/4 or 1/8, not 1/" + denominator);
            }
        }
    }

    /** To a size in pixels, measured after the transform, by a Lanczos filter. */
    public record Resized(int width, int height) implements Size {
        public Resized {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException("A picture has no " + width + " x " + height + " pixels.");
            }
        }
    }

    /** Whether it does no more than flip, transpose or rotate. */
    public boolean keepsPixels() {
        return !grey && size.isEmpty() && quality.isEmpty();
    }

    public JpegEdit transformed(Transform next) {
        return new JpegEdit(transform.then(next), grey, size, quality, optimised);
    }

    public JpegEdit greyed() {
        return new JpegEdit(transform, true, size, quality, optimised);
    }

    public JpegEdit reduced(int denominator) {
        return new JpegEdit(transform, grey, Optional.of(new Reduced(denominator)), quality, optimised);
    }

    public JpegEdit resized(int width, int height) {
        return new JpegEdit(transform, grey, Optional.of(new Resized(width, height)), quality, optimised);
    }

    public JpegEdit withQuality(int newQuality) {
        return new JpegEdit(transform, grey, size, OptionalInt.of(newQuality), optimised);
    }

    public JpegEdit withOptimisedTables() {
        return new JpegEdit(transform, grey, size, quality, true);
    }
}
