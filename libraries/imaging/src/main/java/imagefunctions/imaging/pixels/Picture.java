package imagefunctions.imaging.pixels;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Optional;

/**
 * A decoded picture between two operations; nobody changes its pixels once it is handed on.
 *
 * @param pixels 8 bits a sample, TYPE_BYTE_GRAY or TYPE_3BYTE_BGR, rows without gaps
 * @param coding how its JPEG will be coded
 * @param upright the turn that its file asked for to be seen upright
 * @param profile the colour profile of its file
 */
public record Picture(BufferedImage pixels, Coding coding, Optional<Turn> upright, Optional<IccProfile> profile) {

    public int width() {
        return pixels.getWidth();
    }

    public int height() {
        return pixels.getHeight();
    }

    /** 1 for grey, 3 for blue, green, red. */
    public int bands() {
        return grey() ? 1 : 3;
    }

    public boolean grey() {
        return pixels.getType() == BufferedImage.TYPE_BYTE_GRAY;
    }

    public byte[] samples() {
        return samples(pixels);
    }

    public static byte[] samples(BufferedImage pixels) {
        return ((DataBufferByte) pixels.getRaster().getDataBuffer()).getData();
    }

    public static BufferedImage pixels(int width, int height, int bands) {
        return new BufferedImage(
                width, height, bands == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    }

    /** A black picture to draw on that is coded as this one is. */
    public Picture blank(int width, int height, int bands) {
        return withPixels(pixels(width, height, bands));
    }

    public Picture withPixels(BufferedImage others) {
        return new Picture(others, coding, upright, profile);
    }

    public Picture withCoding(Coding other) {
        return new Picture(pixels, other, upright, profile);
    }

    public Picture withUpright(Optional<Turn> other) {
        return new Picture(pixels, coding, other, profile);
    }
}
