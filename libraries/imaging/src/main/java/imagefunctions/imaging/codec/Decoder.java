package imagefunctions.imaging.codec;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.JpegHeader;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Decodes a file of any known format; what is wrong with it becomes an {@link ImageException}. */
public final class Decoder {

    private Decoder() {}

    public static Picture decode(ImageFile file, PixelLimit limit) {
        try {
            return switch (file) {
                case ImageFile.Jpeg(JpegHeader header) -> JpegDecoder.decode(header, limit, DctDomainPath.ENGINE.get());
                case ImageFile.Other(byte[] bytes, ImageType format) -> decode(bytes, format, limit);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("A file in memory is read", e);
        }
    }

    private static Picture decode(byte[] file, ImageType format, PixelLimit limit) throws IOException {
        return switch (format) {
            case JPEG -> throw new IllegalArgumentException("A JPEG comes with its header.");
            case PNG -> PngDecoder.decode(file, limit);
            case GIF -> GifDecoder.decode(file, limit);
            case BMP -> BmpDecoder.decode(file, limit);
            case TIFF -> TiffDecoder.decode(file, limit);
            case WEBP -> WebpDecoder.decode(file, limit);
        };
    }
}
