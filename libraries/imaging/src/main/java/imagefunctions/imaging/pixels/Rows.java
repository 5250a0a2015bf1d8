package imagefunctions.imaging.pixels;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.List;

/** Reads the rows of an image of any layout as 8-bit ARGB; grey and RGB samples are taken as stored. */
final class Rows {

    /** Reads a row, one int per pixel. */
    private interface Reader {
        void read(int y, int[] argb);
    }

    private static final List<Integer> INTEGERS =
            List.of(DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT, DataBuffer.TYPE_INT);

    private final boolean grey;
    private final Reader reader;

    private Rows(boolean grey, Reader reader) {
        this.grey = grey;
        this.reader = reader;
    }

    static Rows of(BufferedImage image) {
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel palette) {
            return indexed(image, palette);
        }
        int space = colours.getColorSpace().getType();
        boolean grey = space == ColorSpace.TYPE_GRAY;
        boolean plain = INTEGERS.contains(image.getRaster().getTransferType()) && !colours.isAlphaPremultiplied();
        if (plain && (grey || space == ColorSpace.TYPE_RGB)) {
            return stored(image, grey);
        }
        return new Rows(grey, (y, argb) -> image.getRGB(0, y, argb.length, 1, argb, 0, argb.length));
    }

    boolean grey() {
        return grey;
    }

    void read(int y, int[] argb) {
        reader.read(y, argb);
    }

    private static Rows indexed(BufferedImage image, IndexColorModel palette) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        boolean grey = Arrays.stream(colours)
                .allMatch(argb -> (argb & 0xFF) == (argb >> 8 & 0xFF) && (argb & 0xFF) == (argb >> 16 & 0xFF));
        return new Rows(grey, (y, argb) -> {
            image.getRaster().getSamples(0, y, argb.length, 1, 0, argb);
            for (int x = 0; x < argb.length; x++) {
                // A file may use indices beyond the end of its palette.
                argb[x] = argb[x] < colours.length ? colours[argb[x]] : 0xFF000000;
            }
        });
    }

    /** Not by ColorModel.getRGB, which treats grey as linear light and converts RGB through its profile. */
    private static Rows stored(BufferedImage image, boolean grey) {
        Raster raster = image.getRaster();
        int[] bits = image.getColorModel().getComponentSize();
        int bands = bits.length;
        int alphaBand = image.getColorModel().hasAlpha() ? bands - 1 : -1;
        int[] samples = new int[image.getWidth() * raster.getNumBands()];
        return new Rows(grey, (y, argb) -> {
            raster.getPixels(0, y, argb.length, 1, samples);
            for (int x = 0; x < argb.length; x++) {
                int pixel = 0xFF;
                int at = x * raster.getNumBands();
                if (alphaBand > 0) {
                    pixel = eightBits(samples[at + alphaBand], bits[alphaBand]);
                }
                for (int band = 0; band < 3; band++) {
                    int colour = grey ? 0 : band;
                    pixel = pixel << 8 | eightBits(samples[at + colour], bits[colour]);
                }
                argb[x] = pixel;
            }
        });
    }

    private static int eightBits(int sample, int bits) {
        if (bits == 8) {
            return sample;
        }
        if (bits == 0) {
            return 0;
        }
        long full = (1L << bits) - 1;
        return (int) ((Integer.toUnsignedLong(sample) * 255 + full / 2) / full);
    }
}
