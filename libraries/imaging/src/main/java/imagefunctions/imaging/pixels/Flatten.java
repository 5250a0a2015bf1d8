package imagefunctions.imaging.pixels;

import imagefunctions.jpeg.format.Interruption;
import java.awt.image.BufferedImage;

/** Converts decoded pixels of any layout to 8-bit grey or RGB, composited on white. */
public final class Flatten {

    private Flatten() {}

    public static BufferedImage onWhite(BufferedImage image) {
        Rows rows = Rows.of(image);
        BufferedImage flat = Picture.pixels(image.getWidth(), image.getHeight(), rows.grey() ? 1 : 3);
        byte[] to = Picture.samples(flat);
        int[] argb = new int[image.getWidth()];
        int target = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            Interruption.check();
            rows.read(y, argb);
            for (int pixel : argb) {
                int alpha = pixel >>> 24;
                to[target++] = composited(pixel & 0xFF, alpha);
                if (!rows.grey()) {
                    to[target++] = composited(pixel >> 8 & 0xFF, alpha);
                    to[target++] = composited(pixel >> 16 & 0xFF, alpha);
                }
            }
        }
        return flat;
    }

    /** Composites colours of three samples a pixel, in place. */
    public static void onWhite(byte[] colours, byte[] alpha) {
        for (int pixel = 0, sample = 0; pixel < alpha.length; pixel++) {
            for (int end = sample + 3; sample < end; sample++) {
                colours[sample] = composited(colours[sample] & 0xFF, alpha[pixel] & 0xFF);
            }
        }
    }

    /** A sample over white, of 255, where 255 is opaque. */
    public static byte composited(int sample, int alpha) {
        return (byte) ((sample * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}
