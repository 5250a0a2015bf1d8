package imagefunctions.jpeg.format;

/**
 * Limits on what is read.
 *
 * @param maxPixels width times height, at least 1
 * @param maxScans number of scans, at least 1; encoders write about ten
 */
public record JpegLimits(long maxPixels, int maxScans) {
    /** The longest side, the same as libjpeg's. */
    public static final int MAX_SIDE = 65_500;

    /** The most marker segments of a file. */
    public static final int MAX_SEGMENTS = 10_000;

    /** The most pixels unless the caller says otherwise. */
    public static final long DEFAULT_PIXELS = 100_000_000;

    public static final JpegLimits DEFAULT = new JpegLimits(DEFAULT_PIXELS, 100);

    /**
     * The blocks that all scans of a file pass over, as a multiple of the blocks of a grey picture of the most pixels;
     * progressive encoders need about 20 for three components of full size.
     */
    private static final int MAX_PASSES = 40;

    /** The blocks that any picture may pass over, however few pixels are allowed. */
    private static final int SMALL_WORK = 100_000;

    /** Bit offsets are ints. */
    private static final int MAX_BYTES = Integer.MAX_VALUE / 8 - 1024;

    public JpegLimits {
        if (maxPixels < 1 || maxScans < 1) {
            throw new IllegalArgumentException("Limits start at 1: " + maxPixels + " pixels, " + maxScans + " scans.");
        }
    }

    void check(byte[] file, Frame frame) {
        if (file.length > MAX_BYTES) {
            throw new UnsupportedJpegException(
                    "The file has " + file.length + " bytes, the limit is " + MAX_BYTES + ".");
        }
        String size = "The picture has " + frame.width() + " x " + frame.height() + " pixels, the limit is ";
        if ((long) frame.width() * frame.height() > maxPixels) {
            throw new UnsupportedJpegException(size + maxPixels + " in all.");
        }
        if (Math.max(frame.width(), frame.height()) > MAX_SIDE) {
            throw new UnsupportedJpegException(size + MAX_SIDE + " for a side.");
        }
    }

    /** The most blocks that the scans of a file may pass over, all together. */
    public long maxBlocks() {
        return maxPixels / 64 * MAX_PASSES + SMALL_WORK;
    }

    /** Rejects scans that pass over too many blocks, before memory is allocated for any. */
    void check(Scans scans) {
        if (scans.count() > maxScans) {
            throw new UnsupportedJpegException("The file has more than " + maxScans + " scans.");
        }
        if (scans.blocks() > maxBlocks()) {
            throw new UnsupportedJpegException(
                    "The file's scans pass over more than " + maxBlocks() + " blocks of 8 x 8 samples.");
        }
    }

    static void checkSegments(int segments) {
        if (segments > MAX_SEGMENTS) {
            throw new UnsupportedJpegException("The file has more than " + MAX_SEGMENTS + " marker segments.");
        }
    }
}
