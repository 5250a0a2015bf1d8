package imagefunctions.imaging.tiff;

import imagefunctions.imaging.error.DamagedImageException;

/**
 * YCbCr samples to red, green and blue, by the weights and the reference levels that a file states (TIFF 6.0, sections 20
 * and 21), as libtiff has it.
 */
final class TiffYcbcr {
    private static final int COEFFICIENTS = 529;
    private static final int REFERENCE_LEVELS = 532;
    private static final double[] BT601 = {0.299, 0.587, 0.114};
    private static final double[] FULL_RANGE = {0, 255, 128, 255, 128, 255};

    /** Of the fixed point of the sums. */
    private static final int BITS = 16;

    /** Beyond what any picture needs, so that sums do not overflow. */
    private static final int MOST = 128 * 32;

    private final int[] lumas;
    private final int[] cbOfBlue;
    private final int[] cbOfGreen;
    private final int[] crOfRed;
    private final int[] crOfGreen;

    private TiffYcbcr(double[] weights, double[] levels) {
        double blue = limited(2 - 2 * weights[2]);
        double red = limited(2 - 2 * weights[0]);
        double greenOfBlue = limited(weights[2] * (2 - 2 * weights[2]) / weights[1]);
        double greenOfRed = limited(weights[0] * (2 - 2 * weights[0]) / weights[1]);
        lumas = levels(0, levels[0], levels[1], 255);
        int[] cb = levels(128, levels[2], levels[3], 127);
        int[] cr = levels(128, levels[4], levels[5], 127);
        cbOfBlue = times(cb, blue);
        cbOfGreen = times(cb, -greenOfBlue);
        crOfRed = times(cr, red);
        crOfGreen = times(cr, -greenOfRed);
    }

    /** What is inside a JPEG is always of JPEG's own colours. */
    static TiffYcbcr of(TiffLayout layout, TiffDirectory directory) {
        if (layout.photometric != TiffLayout.Photometric.YCBCR || layout.compression == TiffCompression.JPEG) {
            return new TiffYcbcr(BT601, FULL_RANGE);
        }
        double[] weights = directory.reals(COEFFICIENTS, 3).orElse(BT601);
        if (!(weights[1] > 0)) {
            throw new DamagedImageException("TIFF file's coefficients of its colours are broken", null);
        }
        return new TiffYcbcr(weights, directory.reals(REFERENCE_LEVELS, 6).orElse(FULL_RANGE));
    }

    private static double limited(double factor) {
        return Math.clamp(factor, 0.0, 2.0);
    }

    /** What each sample stands for, less a zero, where these two stand for zero and the full range. */
    private static int[] levels(int zero, double black, double white, int range) {
        double span = white - black == 0 ? 1 : white - black;
        int[] levels = new int[256];
        for (int sample = 0; sample < levels.length; sample++) {
            levels[sample] = (int) Math.clamp((sample - zero - (int) (black - zero)) * range / span, -MOST, MOST);
        }
        return levels;
    }

    private static int[] times(int[] levels, double factor) {
        int fixed = (int) Math.rint(factor * (1 << BITS));
        int[] products = new int[levels.length];
        for (int i = 0; i < levels.length; i++) {
            products[i] = fixed * levels[i];
        }
        return products;
    }

    int red(int luma, int cr) {
        return sample(luma, crOfRed[cr]);
    }

    int green(int luma, int cb, int cr) {
        return sample(luma, cbOfGreen[cb] + crOfGreen[cr]);
    }

    int blue(int luma, int cb) {
        return sample(luma, cbOfBlue[cb]);
    }

    private int sample(int luma, int chroma) {
        return Math.clamp(lumas[luma] + ((chroma + (1 << (BITS - 1))) >> BITS), 0, 255);
    }
}
