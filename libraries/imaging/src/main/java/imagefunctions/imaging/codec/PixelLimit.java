package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.TooManyPixelsException;

/**
 * The largest picture that is decoded.
 *
 * @param maxPixels width times height as the file's header states them, at least 1
 */
public record PixelLimit(long maxPixels) {

    /** A hundred million pixels: about 300 MB of memory for a colour picture. */
    public static final long DEFAULT = 100_000_000;

    // The JPEG library's own bound, for reading and writing.
    private static final int MAX_SIDE = 65_500;

    public PixelLimit {
        if (maxPixels < 1) {
            throw new IllegalArgumentException("maxPixels must be at least 1, not " + maxPixels);
        }
    }

    void check(int width, int height) {
        if ((long) width * height > maxPixels) {
            throw new TooManyPixelsException(
                    "%d x %d pixels, and at most %d pixels are taken".formatted(width, height, maxPixels));
        }
        if (Math.max(width, height) > MAX_SIDE) {
            throw new TooManyPixelsException(
                    "%d x %d pixels, and a side may have at most %d".formatted(width, height, MAX_SIDE));
        }
    }
}
