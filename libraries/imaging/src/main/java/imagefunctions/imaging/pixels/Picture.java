package imagefunctions.imaging.pixels;

import imagefunctions.jpeg.format.Transform;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;

/**
 * A decoded picture; its pixels must not be changed once it has been passed on.
 *
 * @param pixels TYPE_BYTE_GRAY or TYPE_3BYTE_BGR, rows without padding
 * @param coding how its JPEG will be encoded
 * @param upright the transform that its EXIF orientation calls for, if not yet applied
 * @param profile the embedded colour profile
 */
public record Picture(BufferedImage pixels, Coding coding, Transform upright, Optional<IccProfile> profile) {

    private static final ColorModel BGR = new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);

    public int width() {
        return pixels.getWidth();
    }

    public int height() {
        return pixels.getHeight();
    }

    /** 1 for greyscale; 3 for blue, green, red. */
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

    /** A picture of these samples: blue, green and red of each pixel, row after row; they are not copied. */
    public static BufferedImage pixels(int width, int height, byte[] bgr) {
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(bgr, bgr.length), width, height, 3 * width, 3, new int[] {2, 1, 0}, null);
        return new BufferedImage(BGR, raster, false, null);
    }

    /** A black picture to write to, with everything else as in this one. */
    public Picture blank(int width, int height, int bands) {
        return withPixels(pixels(width, height, bands));
    }

    public Picture withPixels(BufferedImage others) {
        return new Picture(others, coding, upright, profile);
    }

    public Picture withCoding(Coding other) {
        return new Picture(pixels, other, upright, profile);
    }

    /** The picture flipped, transposed or rotated. */
    public Picture transformed(Transform transform) {
        return transform == Transform.NONE ? this : TransformedPixels.of(this, transform);
    }

    public Picture withoutOrientation() {
        return new Picture(pixels, coding, Transform.NONE, profile);
    }
}
