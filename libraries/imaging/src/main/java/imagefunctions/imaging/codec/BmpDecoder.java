package imagefunctions.imaging.codec;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.Flatten;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.Transform;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** Decodes BMP files, whose headers are checked first. */
final class BmpDecoder {

    private BmpDecoder() {}

    static Picture decode(byte[] file, PixelLimit limit) throws IOException {
        BufferedImage pixels = ImageIoReading.read(
                Codecs.bmpReader(),
                BmpFile.checked(file, limit),
                ImageType.BMP,
                reader -> Flatten.onWhite(reader.read(0)));
        return new Picture(pixels, Coding.DEFAULT, Transform.NONE, BmpFile.profile(file));
    }
}
