package imagefunctions.imaging.pixels;

import imagefunctions.jpeg.format.Interruption;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;

/** Printing colours of 8 bits, 255 for full ink, as they look on screen. */
public final class Cmyk {
    private static final int BANDS = 4;
    private static final int ROWS = 16;

    private Cmyk() {}

    /**
     * Converts samples to sRGB: through their profile if they have a usable one, else light left by each ink.
     *
     * @param samples cyan, magenta, yellow, black of each pixel
     */
    public static BufferedImage toRgb(byte[] samples, int width, int height, Optional<IccProfile> profile) {
        return profile.filter(IccProfile::cmyk)
                .flatMap(each -> throughProfile(samples, width, height, each))
                .orElseGet(() -> byInk(samples, width, height));
    }

    private static Optional<BufferedImage> throughProfile(byte[] samples, int width, int height, IccProfile profile) {
        try {
            ICC_Profile[] profiles = {
                ICC_Profile.getInstance(profile.bytes()), ICC_Profile.getInstance(ColorSpace.CS_sRGB)
            };
            WritableRaster inks = Raster.createInterleavedRaster(
                    new DataBufferByte(samples, samples.length),
                    width,
                    height,
                    width * BANDS,
                    BANDS,
                    new int[] {0, 1, 2, 3},
                    null);
            BufferedImage pixels = Picture.pixels(width, height, 3);
            ColorConvertOp conversion = new ColorConvertOp(profiles, null);
            for (int top = 0; top < height; top += ROWS) {
                Interruption.check();
                conversion.filter(rows(inks, top), rows(pixels.getRaster(), top));
            }
            return Optional.of(pixels);
        } catch (IllegalArgumentException | CMMException e) {
            // A broken profile, which lcms refuses.
            return Optional.empty();
        }
    }

    private static WritableRaster rows(WritableRaster raster, int top) {
        int rows = Math.min(ROWS, raster.getHeight() - top);
        return raster.createWritableChild(0, top, raster.getWidth(), rows, 0, 0, null);
    }

    private static BufferedImage byInk(byte[] samples, int width, int height) {
        BufferedImage pixels = Picture.pixels(width, height, 3);
        byte[] bgr = Picture.samples(pixels);
        for (int from = 0, to = 0; to < bgr.length; from += BANDS, to += 3) {
            int light = ~samples[from + 3] & 0xFF;
            for (int band = 0; band < 3; band++) {
                bgr[to + 2 - band] = (byte) (((~samples[from + band] & 0xFF) * light + 127) / 255);
            }
        }
        return pixels;
    }
}
