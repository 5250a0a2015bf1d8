package imagefunctions.imaging.codec;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.Flatten;
import imagefunctions.imaging.pixels.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/** Decodes the first picture of a PNG, GIF, BMP or TIFF file through ImageIO. */
final class ImageIoDecoder {

    // Cyan, magenta, yellow, black and transparency.
    private static final int MAX_BANDS = 5;

    private ImageIoDecoder() {}

    static Picture decode(byte[] file, ImageType format, PixelLimit limit) throws IOException {
        BufferedImage pixels = read(file, format, limit);
        Metadata metadata = Metadata.of(file, format);
        return new Picture(pixels, Coding.DEFAULT, metadata.upright(), metadata.profile());
    }

    private static BufferedImage read(byte[] file, ImageType format, PixelLimit limit) throws IOException {
        ImageReader reader = Codecs.reader(format);
        try (ByteArrayImageInputStream input = new ByteArrayImageInputStream(file)) {
            reader.setInput(input, true, true);
            limit.check(reader.getWidth(0), reader.getHeight(0));
            // A TIFF file's tiles and samples may take more memory than its pixels.
            limit.check(reader.getTileWidth(0), reader.getTileHeight(0));
            ImageTypeSpecifier stored = reader.getRawImageType(0);
            if (stored != null && stored.getNumBands() > MAX_BANDS) {
                throw NotAnImageException.unsupported(
                        "A picture of %d samples a pixel".formatted(stored.getNumBands()), null);
            }
            if (format != ImageType.GIF) {
                return Flatten.onWhite(reader.read(0));
            }
            GifScreen screen = GifScreen.of(reader);
            limit.check(screen.width(), screen.height());
            return screen.show(Flatten.onWhite(reader.read(0)));
        } finally {
            reader.dispose();
        }
    }
}
