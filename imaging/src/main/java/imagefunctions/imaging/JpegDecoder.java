package imagefunctions.imaging;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageReader;

/** Reads JPEG files into RGB or grey as they are stored, without a conversion through their profile. */
final class JpegDecoder {

    private static final List<Integer> HUFFMAN_CODED = List.of(0xC0, 0xC1, 0xC2);

    /**
     * What libjpeg says where it makes pixels up. It only warns of them, as of harmless things: stray bytes between
     * segments, versions and Adobe codes that it does not know.
     */
    private static final List<String> PIXELS_MISSING = List.of(
            "Premature end of JPEG file",
            "Premature end of input file",
            "premature end of data segment",
            "bad Huffman code",
            "instead of RST",
            "Inconsistent progression sequence");

    private JpegDecoder() {}

    static Picture decode(byte[] file, Limits limits) throws IOException {
        JpegHeader header = JpegHeader.of(file);
        check(header);
        limits.check(header.width(), header.height());
        Raster raster = read(ended(file, header));
        return new Picture(
                StoredColours.of(header).toPixels(raster), header.coding(), header.upright(), header.profile());
    }

    private static void check(JpegHeader header) {
        if (header.width() == 0 || header.height() == 0) {
            throw new DamagedImage("JPEG file's header states no size", null);
        }
        if (!HUFFMAN_CODED.contains(header.frame())) {
            throw NotAnImage.unsupported("A lossless, hierarchical or arithmetic-coded JPEG", null);
        }
        if (header.precision() != 8) {
            throw NotAnImage.unsupported("A JPEG of %d bits a sample".formatted(header.precision()), null);
        }
        if (!List.of(1, 3, 4).contains(header.components().size())) {
            throw NotAnImage.unsupported(
                    "A JPEG of %d components".formatted(header.components().size()), null);
        }
    }

    /** With an end marker put where it is missing: then libjpeg warns only if pixels are missing, too. */
    private static byte[] ended(byte[] file, JpegHeader header) {
        for (int at = file.length - 2; at > 0; at--) {
            if (file[at] == (byte) 0xFF && file[at + 1] == (byte) 0xD9) {
                return file;
            }
        }
        if (header.severalScans()) {
            throw new DamagedImage("JPEG file ends too early, scans are missing", null);
        }
        byte[] ended = Arrays.copyOf(file, file.length + 2);
        ended[file.length] = (byte) 0xFF;
        ended[file.length + 1] = (byte) 0xD9;
        return ended;
    }

    private static Raster read(byte[] file) throws IOException {
        ImageReader reader = Codecs.reader(Format.JPEG);
        try (ByteArrayImageInputStream input = new ByteArrayImageInputStream(file)) {
            reader.setInput(input, true, true);
            reader.addIIOReadWarningListener((source, warning) -> {
                if (PIXELS_MISSING.stream().anyMatch(warning::contains)) {
                    throw new DamagedImage("JPEG file is cut short or broken", null);
                }
            });
            return reader.readRaster(0, null);
        } finally {
            reader.dispose();
        }
    }
}
