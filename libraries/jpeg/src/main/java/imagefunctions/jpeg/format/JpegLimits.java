package imagefunctions.jpeg.format;

/**
 * What a file may ask of the engine at most: pixels of the picture, and scans that it is spread over.
 *
 * @param maxPixels width times height, at least 1
 * @param maxScans scans of a progressive file, at least 1; encoders write about ten
 */
public record JpegLimits(long maxPixels, int maxScans) {
    /** The offsets of bits are ints. */
    static final int MAX_BYTES = Integer.MAX_VALUE / 8 - 1024;

    public static final JpegLimits DEFAULT = new JpegLimits(100_000_000, 100);

    public JpegLimits {
        if (maxPixels < 1 || maxScans < 1) {
            throw new IllegalArgumentException("Limits start at 1: " + maxPixels + " pixels, " + maxScans + " scans.");
        }
    }
}
