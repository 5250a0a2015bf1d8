package imagefunctions.imaging.codec;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.pixels.Picture;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageReader;

/** Reads JPEG files into RGB or grey as they are stored, without a conversion through their profile. */
final class JpegDecoder {

    private static final List<Integer> HUFFMAN_CODED = List.of(JpegMarker.SOF0, JpegMarker.SOF1, JpegMarker.SOF2);

    // Real files have about ten; every one more makes the decoder go through all coefficients again.
    private static final int MAX_SCANS = 100;

    /**
     * What libjpeg says where it makes pixels up. It only warns of them, as it does of harmless things: stray bytes
     * between segments, version numbers and colour transforms that it does not know.
     */
    private static final List<String> PIXELS_MADE_UP = List.of(
            "premature end of data segment", "bad Huffman code", "instead of RST", "Inconsistent progression sequence");

    private JpegDecoder() {}

    static Picture decode(byte[] file, PixelLimit limit) throws IOException {
        JpegHeader header = JpegHeaderReader.read(file);
        check(header.frame());
        limit.check(header.width(), header.height());
        if (8L * (file.length - header.scanStart()) < header.frame().leastBits()) {
            // Said before room is made for the pixels.
            throw new DamagedImageException("JPEG file is too short for its pixels", null);
        }
        Raster raster = read(bare(file, header));
        return new Picture(
                StoredColours.of(header).toPixels(raster), header.coding(), header.upright(), header.profile());
    }

    private static void check(JpegHeader.Frame frame) {
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

    /**
     * The file with nothing but what a decoder needs, so that no broken profile can stop it, and with an end marker
     * where it lacks one: then libjpeg warns only if pixels are missing, too.
     */
    private static byte[] bare(byte[] file, JpegHeader header) {
        JpegScans scans = JpegScans.of(file, header.scanStart());
        if (scans.count() > MAX_SCANS) {
            throw NotAnImageException.unsupported("A JPEG of more than %d scans".formatted(MAX_SCANS), null);
        }
        if (!scans.ended() && header.severalScans()) {
            throw new DamagedImageException("JPEG file ends too early, scans are missing", null);
        }
        ByteArrayOutputStream bare = new ByteArrayOutputStream(file.length + 2);
        bare.write(0xFF);
        bare.write(JpegMarker.SOI);
        header.essentials().forEach(bare::writeBytes);
        bare.write(file, header.scanStart(), file.length - header.scanStart());
        bare.write(0xFF);
        bare.write(JpegMarker.EOI);
        return bare.toByteArray();
    }

    private static Raster read(byte[] file) throws IOException {
        ImageReader reader = Codecs.reader(ImageType.JPEG);
        try (ByteArrayImageInputStream input = new ByteArrayImageInputStream(file)) {
            reader.setInput(input, true, true);
            reader.addIIOReadWarningListener((source, warning) -> {
                if (PIXELS_MADE_UP.stream().anyMatch(warning::contains)) {
                    throw new DamagedImageException("JPEG file is cut short or broken", null);
                }
            });
            return reader.readRaster(0, null);
        } finally {
            reader.dispose();
        }
    }
}
