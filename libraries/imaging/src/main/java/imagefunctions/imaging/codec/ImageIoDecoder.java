package imagefunctions.imaging.codec;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.Flatten;
import imagefunctions.imaging.pixels.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;

/** Decodes BMP and WebP files through ImageIO. */
final class ImageIoDecoder {

    private ImageIoDecoder() {}

    static Picture decode(byte[] file, ImageType format, PixelLimit limit) throws IOException {
        BufferedImage pixels = read(file, format, limit);
        Metadata metadata = Metadata.of(file, format);
        return new Picture(pixels, Coding.DEFAULT, metadata.upright(), metadata.profile());
    }

    private static BufferedImage read(byte[] file, ImageType format, PixelLimit limit) throws IOException {
        if (format == ImageType.WEBP && !Chunks.wholeWebp(file)) {
            // The reader takes the missing bits of a lossless picture for zeros.
            throw new DamagedImageException("WebP file is cut short", null);
        }
        ImageReader reader = Codecs.reader(format);
        if (format == ImageType.BMP) {
            BmpFile.check(file, limit);
        }
        try (InterruptibleInput input = new InterruptibleInput(file)) {
            reader.setInput(input, true, true);
            reader.addIIOReadProgressListener(new InterruptibleReading());
            limit.check(reader.getWidth(0), reader.getHeight(0));
            return Flatten.onWhite(reader.read(0));
        } finally {
            reader.dispose();
        }
    }
}
