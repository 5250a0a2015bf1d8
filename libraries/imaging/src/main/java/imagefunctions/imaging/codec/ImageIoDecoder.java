package imagefunctions.imaging.codec;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.Flatten;
import imagefunctions.imaging.pixels.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/** Decodes the first picture of a PNG, GIF, BMP, TIFF or WebP file through ImageIO. */
final class ImageIoDecoder {

    // Cyan, magenta, yellow, black and transparency.
    private static final int MAX_BANDS = 5;

    private ImageIoDecoder() {}

    static Picture decode(byte[] file, ImageType format, PixelLimit limit) throws IOException {
        BufferedImage pixels = read(file, format, limit);
        Metadata metadata = Metadata.of(file, format);
        return new Picture(pixels, Coding.DEFAULT, metadata.upright(), metadata.profile());
    }

    /** What is decoded of a file, once it is known that it holds no more than it may. */
    private static byte[] checked(byte[] file, ImageType format, PixelLimit limit) {
        switch (format) {
            case PNG -> {
                return PngFile.reduced(file, limit);
            }
            case TIFF -> {
                TiffFile tiff = TiffFile.of(file);
                TiffTiles.check(tiff, limit);
                return tiff.reduced();
            }
            case BMP -> BmpFile.check(file, limit);
            case WEBP -> {
                if (!Chunks.wholeWebp(file)) {
                    // The reader takes the missing bits of a lossless picture for zeros.
                    throw new DamagedImageException("WebP file is cut short", null);
                }
            }
            case GIF, JPEG -> {}
        }
        return file;
    }

    private static BufferedImage read(byte[] file, ImageType format, PixelLimit limit) throws IOException {
        ImageReader reader = Codecs.reader(format);
        try (InterruptibleInput input = new InterruptibleInput(checked(file, format, limit))) {
            reader.setInput(input, true, true);
            reader.addIIOReadProgressListener(new InterruptibleReading());
            limit.check(reader.getWidth(0), reader.getHeight(0));
            ImageTypeSpecifier stored = reader.getRawImageType(0);
            if (stored != null && stored.getNumBands() > MAX_BANDS) {
                throw NotAnImageException.unsupported(
                        "A picture of %d samples a pixel".formatted(stored.getNumBands()), null);
            }
            if (format != ImageType.GIF) {
                return Flatten.onWhite(reader.read(0));
            }
            GifScreen screen = GifScreen.of(reader);
            GifFile.check(file, screen.width(), screen.height(), limit);
            return screen.show(Flatten.onWhite(reader.read(0)));
        } finally {
            reader.dispose();
        }
    }
}
