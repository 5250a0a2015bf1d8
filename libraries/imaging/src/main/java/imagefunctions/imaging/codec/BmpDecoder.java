package imagefunctions.imaging.codec;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.Flatten;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.Transform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

/** Decodes BMP files, whose headers are checked first. */
final class BmpDecoder {

    private BmpDecoder() {}

    static Picture decode(byte[] file, PixelLimit limit) throws IOException {
        BmpFile.check(file, limit);
        BufferedImage pixels =
                ImageIoReading.read(Codecs.bmpReader(), file, ImageType.BMP, reader -> Flatten.onWhite(reader.read(0)));
        return new Picture(pixels, Coding.DEFAULT, Transform.NONE, Optional.empty());
    }
}
