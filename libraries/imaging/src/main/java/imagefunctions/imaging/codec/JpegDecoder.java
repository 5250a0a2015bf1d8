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
import imagefunctions.jpeg.samples.PixelRows;
import java.util.List;
import java.util.Optional;

/** Decodes JPEG files to RGB or grey without converting through their colour profile. */
final class JpegDecoder {

    private JpegDecoder() {}

    static Picture decode(JpegHeader header, PixelLimit limit, JpegEngine engine) {
        Optional<IccProfile> profile = header.iccProfile().flatMap(IccProfile::of);
        PixelRows rows = rows(header, limit, engine);
        return new Picture(StoredColours.of(header).toPixels(rows, profile), coding(header), header.upright(), profile);
    }

    /** The samples of a file as they are stored, those of a pixel side by side. */
    static byte[] samples(JpegHeader header, PixelLimit limit, JpegEngine engine) {
        PixelRows rows = rows(header, limit, engine);
        int[][] row = rows.row();
        byte[] samples = new byte[row.length * rows.width() * rows.height()];
        int at = 0;
        for (int y = 0; y < rows.height(); y++) {
            rows.read(y, row);
            for (int x = 0; x < rows.width(); x++) {
                for (int[] component : row) {
                    samples[at++] = (byte) component[x];
                }
            }
        }
        return samples;
    }

    private static PixelRows rows(JpegHeader header, PixelLimit limit, JpegEngine engine) {
        if (header.decodable() instanceof Support.Unsupported(String reason)) {
            throw NotAnImageException.unsupported("A JPEG file with " + reason, null);
        }
        limit.check(header.width(), header.height());
        limit.checkBlocks(header.scans().blocks());
        try {
            return engine.pixels(JpegFile.of(header, limit.forJpeg()));
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
