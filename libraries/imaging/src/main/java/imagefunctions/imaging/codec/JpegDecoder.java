package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.IccProfile;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.JpegEngine;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.JpegHeader;
import imagefunctions.jpeg.format.Support;
import imagefunctions.jpeg.format.UnsupportedJpegException;
import java.util.List;

/** Decodes JPEG files to RGB or grey without converting through their colour profile. */
final class JpegDecoder {

    private JpegDecoder() {}

    static Picture decode(JpegHeader header, PixelLimit limit, JpegEngine engine) {
        if (header.decodable() instanceof Support.Unsupported(String reason)) {
            throw NotAnImageException.unsupported("A JPEG file with " + reason, null);
        }
        limit.check(header.width(), header.height());
        try {
            JpegFile file = JpegFile.of(header, limit.forJpeg());
            return new Picture(
                    StoredColours.of(header).toPixels(engine.pixels(file)),
                    coding(header),
                    header.upright(),
                    header.iccProfile().flatMap(IccProfile::of));
        } catch (DamagedJpegException e) {
            throw DamagedImageException.because(String.valueOf(e.getMessage()), e);
        } catch (UnsupportedJpegException e) {
            throw NotAnImageException.because(String.valueOf(e.getMessage()), e);
        }
    }

    /** The file's own tables and sampling, for a result of the same quality. */
    private static Coding coding(JpegHeader header) {
        List<Coding.Component> coded = header.frame().components().stream()
                .limit(3)
                .flatMap(component -> header.table(component).stream()
                        .map(table -> new Coding.Component(component.horizontal(), component.vertical(), table)))
                .toList();
        return coded.size() == Math.min(3, header.frame().components().size())
                ? new Coding(coded).encodable()
                : Coding.DEFAULT;
    }
}
