package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.TooManyPixelsException;
import imagefunctions.jpeg.format.JpegLimits;

/**
 * How many pixels an image may have to be decoded, and with that how much its JPEG scans may pass over.
 *
 * @param maxPixels width times height according to the file's header, at least 1
 */
public record PixelLimit(long maxPixels) {

    /** A hundred megapixels, about 300 MB of memory in colour. */
    public static final long DEFAULT = JpegLimits.DEFAULT_PIXELS;

    /** The bytes of a decoded pixel that counts as one: red, green, blue and transparency. */
    private static final int BYTES = 4;

    public PixelLimit {
        if (maxPixels < 1) {
            throw new IllegalArgumentException("maxPixels must be at least 1, not " + maxPixels);
        }
    }

    /** The limits of a JPEG, the same for both processing paths. */
    JpegLimits forJpeg() {
        return new JpegLimits(maxPixels, JpegLimits.DEFAULT.maxScans());
    }

    /** The same for a picture whose decoded pixels take this many bytes each: beyond four, they count for more. */
    void check(long width, long height, long bytesPerPixel) {
        check(width, height);
        if (Math.ceilDiv(width * height * bytesPerPixel, BYTES) > maxPixels) {
            throw new TooManyPixelsException(
                    "%d x %d pixels of %d bytes each, and at most %d pixels of %d bytes are taken"
                            .formatted(width, height, bytesPerPixel, maxPixels, BYTES));
        }
    }

    /** Checks how many blocks of 8 x 8 samples the scans of JPEGs pass over. */
    void checkBlocks(long blocks) {
        if (blocks > forJpeg().maxBlocks()) {
            throw new TooManyPixelsException("its JPEG scans pass over %d blocks, and at most %d are decoded"
                    .formatted(blocks, forJpeg().maxBlocks()));
        }
    }

    void check(long width, long height) {
        if (width * height > maxPixels) {
            throw new TooManyPixelsException(
                    "%d x %d pixels, and at most %d pixels are taken".formatted(width, height, maxPixels));
        }
        if (Math.max(width, height) > JpegLimits.MAX_SIDE) {
            throw new TooManyPixelsException(
                    "%d x %d pixels, and a side may have at most %d".formatted(width, height, JpegLimits.MAX_SIDE));
        }
    }
}
