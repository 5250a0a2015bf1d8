package imagefunctions.imaging.codec;

import imagefunctions.imaging.pixels.Cmyk;
import imagefunctions.imaging.pixels.IccProfile;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.Interruption;
import imagefunctions.jpeg.format.JpegHeader;
import imagefunctions.jpeg.samples.PixelRows;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** The colour spaces of JPEG samples, each with its conversion to grey or RGB. */
enum StoredColours {
    GREY,
    RGB,
    YCC,
    /** Inverted, as Adobe's programs store it, and all others that write it, whether or not they say so. */
    CMYK,
    /** The same, with its inverted colours as YCC. */
    YCCK;

    static StoredColours of(JpegHeader header) {
        return switch (header.colourModel()) {
            case GREY -> GREY;
            case RGB -> RGB;
            case YCBCR -> YCC;
            case CMYK -> CMYK;
            case YCCK -> YCCK;
            case UNKNOWN ->
                throw new IllegalArgumentException(header.frame().components().size() + " components");
        };
    }

    /** The pixels as stored; those of printing colours as they look on screen, through their profile if they have one. */
    BufferedImage toPixels(PixelRows rows, Optional<IccProfile> profile) {
        return this == CMYK || this == YCCK
                ? Cmyk.toRgb(inks(rows), rows.width(), rows.height(), profile)
                : toPixels(rows);
    }

    private BufferedImage toPixels(PixelRows rows) {
        int bands = this == GREY ? 1 : 3;
        BufferedImage pixels = Picture.pixels(rows.width(), rows.height(), bands);
        byte[] to = Picture.samples(pixels);
        int[][] row = rows.row();
        for (int y = 0; y < rows.height(); y++) {
            Interruption.check();
            rows.read(y, row);
            if (this == YCC) {
                toRgb(row);
            }
            write(row, rows.width(), to, y * rows.width() * bands);
        }
        return pixels;
    }

    /** Cyan, magenta, yellow and black of each pixel, 255 for full ink. */
    private byte[] inks(PixelRows rows) {
        byte[] inks = new byte[4 * rows.width() * rows.height()];
        int[][] row = rows.row();
        for (int y = 0; y < rows.height(); y++) {
            Interruption.check();
            rows.read(y, row);
            if (this == YCCK) {
                toRgb(row);
            }
            // YCC stands for the colours of the ink, CMYK for those of what is left of the light.
            int colours = this == YCCK ? 0 : 255;
            for (int x = 0, to = 4 * y * rows.width(); x < rows.width(); x++, to += 4) {
                inks[to] = (byte) (colours ^ row[0][x]);
                inks[to + 1] = (byte) (colours ^ row[1][x]);
                inks[to + 2] = (byte) (colours ^ row[2][x]);
                inks[to + 3] = (byte) (255 ^ row[3][x]);
            }
        }
        return inks;
    }

    private static void write(int[][] row, int width, byte[] to, int at) {
        int[] first = row[0];
        if (row.length == 1) {
            for (int x = 0; x < width; x++) {
                to[at + x] = (byte) first[x];
            }
            return;
        }
        int[] second = row[1];
        int[] third = row[2];
        for (int x = 0, target = at; x < width; x++, target += 3) {
            to[target] = (byte) third[x];
            to[target + 1] = (byte) second[x];
            to[target + 2] = (byte) first[x];
        }
    }

    /** ITU-T T.871, clause 7, in 16-bit fixed point. */
    private static void toRgb(int[][] row) {
        int[] first = row[0];
        int[] second = row[1];
        int[] third = row[2];
        for (int x = 0; x < first.length; x++) {
            int luma = first[x];
            int cb = second[x] - 128;
            int cr = third[x] - 128;
            first[x] = limited(luma + ((91881 * cr + 0x8000) >> 16));
            second[x] = limited(luma + ((-22554 * cb - 46802 * cr + 0x8000) >> 16));
            third[x] = limited(luma + ((116130 * cb + 0x8000) >> 16));
        }
    }

    /** Limited to 0 to 255, without minimum and maximum, so that loops are vectorised. */
    private static int limited(int sample) {
        int positive = sample & ~(sample >> 31);
        return (positive | (255 - positive) >> 31) & 255;
    }
}
