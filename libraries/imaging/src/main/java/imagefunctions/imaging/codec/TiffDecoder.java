package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.IccProfile;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.imaging.tiff.TiffDirectory;
import imagefunctions.imaging.tiff.TiffLayout;
import imagefunctions.imaging.tiff.TiffReader;
import imagefunctions.jpeg.format.Ifd;
import imagefunctions.jpeg.format.JpegHeader;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.format.Xmp;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** Decodes the first picture of a TIFF file. */
final class TiffDecoder {
    private static final int XMP = 700;
    private static final int ICC_PROFILE = 34675;

    private TiffDecoder() {}

    static Picture decode(byte[] file, TiffDirectory directory, PixelLimit limit) {
        if (directory.raw()) {
            throw NotAnImageException.unsupported("A camera's raw picture in a TIFF file", null);
        }
        if (directory.preview()) {
            throw NotAnImageException.unsupported(
                    "A TIFF that begins with a preview of its picture, as cameras' raw files do,", null);
        }
        limit.check(TiffLayout.width(directory), TiffLayout.height(directory));
        TiffLayout layout = TiffLayout.of(directory, file.length);
        limit.check(TiffLayout.width(directory), TiffLayout.height(directory), layout.bytesPerPixel());
        Optional<IccProfile> profile = directory.bytes(ICC_PROFILE).flatMap(IccProfile::of);
        BufferedImage pixels = TiffReader.read(
                file,
                directory,
                layout,
                profile,
                (jpeg, width, height, components) ->
                        samples(jpeg, width, height, layout.segmentHeight(), components, limit));
        Transform upright = directory
                .number(Ifd.ORIENTATION)
                .flatMap(value -> Transform.upright(value.intValue()))
                .or(() -> directory.bytes(XMP).flatMap(Xmp::upright))
                .orElse(Transform.NONE);
        return new Picture(pixels, Coding.DEFAULT, upright, profile);
    }

    /** A strip or tile is a whole JPEG file, in one scan or in one of each component. */
    private static byte[] samples(
            byte[] jpeg, int width, int height, int segmentHeight, int components, PixelLimit limit) {
        if (!(ImageFile.of(jpeg) instanceof ImageFile.Jpeg(JpegHeader header))) {
            throw new DamagedImageException("TIFF file holds no JPEG where it says so", null);
        }
        if (header.frame().progressive()) {
            throw NotAnImageException.unsupported("A progressive JPEG in a TIFF file", null);
        }
        if (header.scans().count() > components) {
            throw NotAnImageException.unsupported("A JPEG of several scans of the same component in a TIFF file", null);
        }
        boolean fits = header.width() == width
                && header.height() >= height
                && header.height() <= segmentHeight
                && header.frame().components().size() == components;
        if (!fits) {
            throw new DamagedImageException("TIFF file holds a JPEG of another size than it says", null);
        }
        if (!header.scans().ended()) {
            throw new DamagedImageException("TIFF file holds a JPEG that is cut short", null);
        }
        return JpegDecoder.samples(header, limit, DctDomainPath.ENGINE.get());
    }
}
