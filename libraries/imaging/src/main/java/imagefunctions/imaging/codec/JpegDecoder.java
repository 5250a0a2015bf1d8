package imagefunctions.imaging.codec;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.IccProfile;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.Frame;
import imagefunctions.jpeg.format.JpegHeader;
import imagefunctions.jpeg.format.Marker;
import imagefunctions.jpeg.format.Scans;
import imagefunctions.jpeg.format.Segment;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Decodes JPEG files to RGB or grey without converting through their colour profile. */
final class JpegDecoder {

    private static final List<Integer> HUFFMAN_CODED = List.of(Marker.SOF0, Marker.SOF1, Marker.SOF2);

    /**
     * The warnings of libjpeg that mean it made up pixels. It also warns of harmless things: stray bytes between
     * segments, unknown version numbers and colour transforms.
     */
    private static final List<String> PIXELS_MADE_UP = List.of(
            "premature end of data segment", "bad Huffman code", "instead of RST", "Inconsistent progression sequence");

    private JpegDecoder() {}

    static Picture decode(JpegHeader header, PixelLimit limit) throws IOException {
        Raster raster = raster(header, limit);
        return new Picture(
                StoredColours.of(header).toPixels(raster),
                coding(header),
                header.upright(),
                header.iccProfile().flatMap(IccProfile::of));
    }

    /** The samples of a file as they are stored, those of a pixel side by side. */
    static byte[] samples(JpegHeader header, PixelLimit limit) throws IOException {
        return ((DataBufferByte) raster(header, limit).getDataBuffer()).getData();
    }

    private static Raster raster(JpegHeader header, PixelLimit limit) throws IOException {
        check(header.frame());
        Scans scans = checkScans(header, limit);
        if (!scans.ended() && header.severalScans()) {
            throw new DamagedImageException("JPEG file ends too early, scans are missing", null);
        }
        return read(bare(header));
    }

    /** Checks what decoding costs, before memory is allocated for the pixels. */
    static Scans checkScans(JpegHeader header, PixelLimit limit) {
        limit.check(header.width(), header.height());
        if (8L * (header.file().length - header.firstScan().end()) < leastBits(header.frame())) {
            throw new DamagedImageException("JPEG file is too short for its pixels", null);
        }
        Scans scans = header.scans();
        int most = limit.forJpeg().maxScans();
        if (scans.count() > most) {
            // Each scan makes the decoder pass over all coefficients again.
            throw NotAnImageException.unsupported("A JPEG of more than %d scans".formatted(most), null);
        }
        limit.checkBlocks(scans.blocks());
        return scans;
    }

    private static void check(Frame frame) {
        if (frame.width() == 0 || frame.height() == 0) {
            throw new DamagedImageException("JPEG file's header states no size", null);
        }
        if (!HUFFMAN_CODED.contains(frame.marker())) {
            throw NotAnImageException.unsupported("A lossless, hierarchical or arithmetic-coded JPEG", null);
        }
        if (frame.precision() != 8) {
            throw NotAnImageException.unsupported("A JPEG of %d bits a sample".formatted(frame.precision()), null);
        }
        if (!List.of(1, 3, 4).contains(frame.components().size())) {
            throw NotAnImageException.unsupported(
                    "A JPEG of %d components".formatted(frame.components().size()), null);
        }
    }

    /** The fewest bits that can encode the blocks of a picture: each takes at least one. */
    private static long leastBits(Frame frame) {
        return frame.components().stream()
                .mapToLong(component -> (long) (frame.width() * component.horizontal() / (8 * frame.maxHorizontal()))
                        * (frame.height() * component.vertical() / (8 * frame.maxVertical())))
                .sum();
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

    /**
     * The file reduced to what a decoder needs, so that a corrupt profile cannot stop it, and with an EOI marker added:
     * without one, libjpeg would warn even if no pixels are missing.
     */
    private static byte[] bare(JpegHeader header) {
        byte[] file = header.file();
        ByteArrayOutputStream bare = new ByteArrayOutputStream(file.length + 2);
        bare.write(0xFF);
        bare.write(Marker.SOI);
        for (Segment segment : header.essentials()) {
            bare.write(file, segment.start(), segment.end() - segment.start());
        }
        int data = header.firstScan().end();
        bare.write(file, data, file.length - data);
        bare.write(0xFF);
        bare.write(Marker.EOI);
        return bare.toByteArray();
    }

    private static Raster read(byte[] file) throws IOException {
        return ImageIoReading.read(Codecs.jpegReader(), file, ImageType.JPEG, reader -> {
            reader.addIIOReadWarningListener((source, warning) -> {
                if (PIXELS_MADE_UP.stream().anyMatch(warning::contains)) {
                    throw new DamagedImageException("JPEG file is cut short or broken", null);
                }
            });
            return reader.readRaster(0, null);
        });
    }
}
