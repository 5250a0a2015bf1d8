package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.TooManyPixelsException;
import imagefunctions.jpeg.format.JpegLimits;

/**
 * How many pixels an image may have to be decoded.
 *
 * @param maxPixels width times height according to the file's header, at least 1
 */
public record PixelLimit(long maxPixels) {

    /** A hundred megapixels, about 300 MB of memory in colour. */
    public static final long DEFAULT = 100_000_000;

    public PixelLimit {
        if (maxPixels < 1) {
            throw new IllegalArgumentException("maxPixels must be at least 1, not " + maxPixels);
        }
    }

    /** The limits of a JPEG, the same for both processing paths. */
    JpegLimits forJpeg() {
        return new JpegLimits(maxPixels, JpegLimits.DEFAULT.maxScans());
    }

    void check(int width, int height) {
        if ((long) width * height > maxPixels) {
            throw new TooManyPixelsException(
                    "%d x %d pixels, and at most %d pixels are taken".formatted(width, height, maxPixels));
        }
        if (Math.max(width, height) > JpegLimits.MAX_SIDE) {
            throw new TooManyPixelsException(
                    "%d x %d pixels, and a side may have at most %d".formatted(width, height, JpegLimits.MAX_SIDE));
        }
    }
}
