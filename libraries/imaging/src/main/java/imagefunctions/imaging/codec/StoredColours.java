package imagefunctions.imaging.codec;

import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.Interruption;
import imagefunctions.jpeg.format.JpegHeader;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/** The colour spaces of JPEG samples, each with its conversion to grey or RGB. */
enum StoredColours {
    GREY(1),
    RGB(3),
    YCC(3),
    CMYK(4),
    INVERTED_CMYK(4),
    INVERTED_YCCK(4);

    private final int bands;

    StoredColours(int bands) {
        this.bands = bands;
    }

    static StoredColours of(JpegHeader header) {
        return switch (header.colourModel()) {
            case GREY -> GREY;
            case RGB -> RGB;
            case YCBCR -> YCC;
            // Only Adobe's programs write the marker, and they store CMYK inverted.
            case CMYK -> header.adobe() ? INVERTED_CMYK : CMYK;
            case YCCK -> INVERTED_YCCK;
            case UNKNOWN ->
                throw new IllegalArgumentException(header.frame().components().size() + " components");
        };
    }

    BufferedImage toPixels(Raster raster) {
        BufferedImage pixels = Picture.pixels(raster.getWidth(), raster.getHeight(), this == GREY ? 1 : 3);
        byte[] from = ((DataBufferByte) raster.getDataBuffer()).getData();
        byte[] to = Picture.samples(pixels);
        if (this == GREY) {
            System.arraycopy(from, 0, to, 0, to.length);
            return pixels;
        }
        int pixel = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            Interruption.check();
            for (int x = 0; x < raster.getWidth(); x++, pixel++) {
                int rgb = rgb(from, pixel * bands);
                to[3 * pixel] = (byte) rgb;
                to[3 * pixel + 1] = (byte) (rgb >> 8);
                to[3 * pixel + 2] = (byte) (rgb >> 16);
            }
        }
        return pixels;
    }

    private int rgb(byte[] from, int at) {
        int first = from[at] & 0xFF;
        int second = from[at + 1] & 0xFF;
        int third = from[at + 2] & 0xFF;
        return switch (this) {
            case GREY, RGB -> rgb(first, second, third);
            case YCC -> ycc(first, second, third);
            case CMYK -> printed(~rgb(first, second, third), ~from[at + 3] & 0xFF);
            case INVERTED_CMYK -> printed(rgb(first, second, third), from[at + 3] & 0xFF);
            case INVERTED_YCCK -> printed(~ycc(first, second, third), from[at + 3] & 0xFF);
        };
    }

    private static int rgb(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }

    /** ITU-T T.871, clause 7, in 16-bit fixed point. */
    private static int ycc(int luma, int blueness, int redness) {
        int cb = blueness - 128;
        int cr = redness - 128;
        return rgb(
                Math.clamp(luma + ((91881 * cr + 0x8000) >> 16), 0, 255),
                Math.clamp(luma + ((-22554 * cb - 46802 * cr + 0x8000) >> 16), 0, 255),
                Math.clamp(luma + ((116130 * cb + 0x8000) >> 16), 0, 255));
    }

    /** The colour of cyan, magenta and yellow on paper, darkened by black; {@code light} is inverted black. */
    private static int printed(int rgb, int light) {
        return rgb(darkened(rgb >> 16 & 0xFF, light), darkened(rgb >> 8 & 0xFF, light), darkened(rgb & 0xFF, light));
    }

    private static int darkened(int sample, int light) {
        return (sample * light + 127) / 255;
    }
}
