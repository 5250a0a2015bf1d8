package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.Flatten;
import imagefunctions.imaging.pixels.IccProfile;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.webp.WebpPixels;
import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.UnsupportedWebpException;
import imagefunctions.webp.format.WebpFile;

/** Decodes WebP files, of an animation the first frame on its canvas; colours stay as stored, with their profile. */
final class WebpDecoder {

    private static final long FREE_PIXELS = 1 << 24;
    private static final long MOST_PIXELS_PER_BYTE = 2731;

    private WebpDecoder() {}

    /** A canvas may be larger than the frame on it, but not by whatever a small file says. */
    private static void checkCanvas(WebpFile file, long length) {
        long canvas = (long) file.width() * file.height();
        long frame = (long) file.frame().width() * file.frame().height();
        if (canvas > frame && canvas > FREE_PIXELS && canvas > length * MOST_PIXELS_PER_BYTE) {
            throw new DamagedImageException("WebP file is too short for its canvas", null);
        }
    }

    static Picture decode(WebpFile file, PixelLimit limit) {
        try {
            limit.check(file.width(), file.height());
            checkCanvas(file, file.frame().bitstream().file().length);
            WebpPixels pixels = WebpPixels.decode(file, limit.maxPixels());
            pixels.alpha().ifPresent(alpha -> Flatten.onWhite(pixels.bgr(), alpha));
            return new Picture(
                    Picture.pixels(pixels.width(), pixels.height(), pixels.bgr()),
                    Coding.DEFAULT,
                    Metadata.upright(file.exif(), file.xmp()),
                    file.iccProfile().flatMap(IccProfile::of));
        } catch (DamagedWebpException e) {
            throw DamagedImageException.because(String.valueOf(e.getMessage()), e);
        } catch (UnsupportedWebpException e) {
            throw NotAnImageException.unsupported(String.valueOf(e.getMessage()), e);
        }
    }
}
