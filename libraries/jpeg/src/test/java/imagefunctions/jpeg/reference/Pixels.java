package imagefunctions.jpeg.reference;

import imagefunctions.jpeg.format.Transform;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures decoded by the JDK's libjpeg, for comparison. */
public final class Pixels {
    private Pixels() {}

    public static BufferedImage decode(byte[] jpeg) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
            if (image == null) {
                throw new IllegalArgumentException("The JDK sees no picture.");
            }
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Luma of each pixel (ITU-T T.871, 7), as a grey picture. */
    public static BufferedImage grey(BufferedImage image) {
        BufferedImage grey = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                double luma = 0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255);
                grey.getRaster().setSample(x, y, 0, (int) Math.round(luma));
            }
        }
        return grey;
    }

    /** Transformed pixel by pixel, as Pillow's transpose documents it. */
    public static BufferedImage transformed(BufferedImage image, Transform transform) {
        int w = image.getWidth();
        int h = image.getHeight();
        boolean across =
                switch (transform) {
                    case TRANSPOSE, TRANSVERSE, ROTATE_270_CW, ROTATE_90_CW -> true;
                    case NONE, FLIP_HORIZONTAL, FLIP_VERTICAL, ROTATE_180 -> false;
                };
        BufferedImage transformed = new BufferedImage(across ? h : w, across ? w : h, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int rgb = image.getRGB(x, y);
                switch (transform) {
                    case NONE -> transformed.setRGB(x, y, rgb);
                    case FLIP_HORIZONTAL -> transformed.setRGB(w - 1 - x, y, rgb);
                    case FLIP_VERTICAL -> transformed.setRGB(x, h - 1 - y, rgb);
                    case ROTATE_180 -> transformed.setRGB(w - 1 - x, h - 1 - y, rgb);
                    case TRANSPOSE -> transformed.setRGB(y, x, rgb);
                    case ROTATE_270_CW -> transformed.setRGB(y, w - 1 - x, rgb);
                    case ROTATE_90_CW -> transformed.setRGB(h - 1 - y, x, rgb);
                    case TRANSVERSE -> transformed.setRGB(h - 1 - y, w - 1 - x, rgb);
                }
            }
        }
        return transformed;
    }

    /** Peak signal-to-noise ratio in decibels over red, green and blue; infinite for equal pictures. */
    public static double psnr(BufferedImage a, BufferedImage b) {
        if (a.getWidth() != b.getWidth() || a.getHeight() != b.getHeight()) {
            return Double.NEGATIVE_INFINITY;
        }
        double squares = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                int p = a.getRGB(x, y);
                int q = b.getRGB(x, y);
                for (int shift = 0; shift < 24; shift += 8) {
                    int d = (p >> shift & 255) - (q >> shift & 255);
                    squares += d * d;
                }
            }
        }
        return 10 * Math.log10(255.0 * 255 * 3 * a.getWidth() * a.getHeight() / squares);
    }

    /** The Y samples of a file as libjpeg decodes them. */
    public static int[] luma(byte[] jpeg) {
        var readers = ImageIO.getImageReadersByFormatName("jpeg");
        try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
            var reader = readers.next();
            reader.setInput(in);
            Raster raster = reader.readRaster(0, null);
            return raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (int[]) null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
