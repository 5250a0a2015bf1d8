package imagefunctions.webp.lossy;

/**
 * Converts rows of luma and half as many of chroma to blue, green and red, as libwebp does: a chroma sample weighs 9, its
 * neighbours 3, 3 and 1 sixteenths, rounded in two steps; the colours are those of ITU-R BT.601 with luma from 16 to 235.
 */
final class ColourRow {
    private static final int LUMA = 19077;
    private static final int RED_OF_RED = 26149;
    private static final int GREEN_OF_BLUE = 6419;
    private static final int GREEN_OF_RED = 13320;
    private static final int BLUE_OF_BLUE = 33050;
    private static final int RED_OFFSET = 14234;
    private static final int GREEN_OFFSET = 8708;
    private static final int BLUE_OFFSET = 17685;

    private final int width;
    private final byte[] blues;
    private final byte[] reds;

    ColourRow(int width) {
        this.width = width;
        blues = new byte[width + 2];
        reds = new byte[width + 2];
    }

    /**
     * Converts a row.
     *
     * @param near where the nearer row of chroma begins
     * @param far where the row of chroma on the other side begins, or the same at the picture's edge
     */
    void convert(byte[] luma, int at, byte[] blue, byte[] red, int near, int far, byte[] bgr, int to) {
        widen(blue, near, far, blues);
        widen(red, near, far, reds);
        toBgr(luma, at, blues, reds, bgr, to, width);
    }

    /** Doubles a row; pixels 2x - 1 and 2x lie between samples x - 1 and x. */
    private void widen(byte[] samples, int near, int far, byte[] wide) {
        int nearLeft = samples[near] & 0xFF;
        int farLeft = samples[far] & 0xFF;
        wide[0] = (byte) ((3 * nearLeft + farLeft + 2) >> 2);
        int last = (width - 1) >> 1;
        for (int x = 1; x <= last; x++) {
            int nearRight = samples[near + x] & 0xFF;
            int farRight = samples[far + x] & 0xFF;
            int sum = nearLeft + nearRight + farLeft + farRight + 8;
            wide[2 * x - 1] = (byte) ((((sum + 2 * (nearRight + farLeft)) >> 3) + nearLeft) >> 1);
            wide[2 * x] = (byte) ((((sum + 2 * (nearLeft + farRight)) >> 3) + nearRight) >> 1);
            nearLeft = nearRight;
            farLeft = farRight;
        }
        wide[2 * last + 1] = (byte) ((3 * nearLeft + farLeft + 2) >> 2);
    }

    private static void toBgr(byte[] luma, int at, byte[] blues, byte[] reds, byte[] bgr, int to, int width) {
        for (int x = 0, next = to; x < width; x++, next += 3) {
            int light = ((luma[at + x] & 0xFF) * LUMA) >> 8;
            int blue = blues[x] & 0xFF;
            int red = reds[x] & 0xFF;
            bgr[next] = clamped(light + ((blue * BLUE_OF_BLUE) >> 8) - BLUE_OFFSET);
            bgr[next + 1] = clamped(light - ((blue * GREEN_OF_BLUE) >> 8) - ((red * GREEN_OF_RED) >> 8) + GREEN_OFFSET);
            bgr[next + 2] = clamped(light + ((red * RED_OF_RED) >> 8) - RED_OFFSET);
        }
    }

    /** Of a number with six bits of fraction. */
    private static byte clamped(int value) {
        return (byte) Math.min(Math.max(value >> 6, 0), 255);
    }
}
