package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.ImageException;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.imaging.tiff.TiffDirectory;
import imagefunctions.jpeg.format.JpegHeader;
import imagefunctions.webp.format.WebpFile;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Decodes a file of any known format; what is wrong with it becomes an {@link ImageException}. */
public final class Decoder {

    private Decoder() {}

    public static Picture decode(ImageFile file, PixelLimit limit) {
        try {
            return switch (file) {
                case ImageFile.Jpeg(JpegHeader header) -> JpegDecoder.decode(header, limit, DctDomainPath.ENGINE.get());
                case ImageFile.Png(PngFile png) -> PngDecoder.decode(png, limit);
                case ImageFile.Gif(byte[] bytes, GifFile blocks) -> GifDecoder.decode(bytes, blocks, limit);
                case ImageFile.Bmp(byte[] bytes) -> BmpDecoder.decode(bytes, limit);
                case ImageFile.Tiff(byte[] bytes, TiffDirectory directory) ->
                    TiffDecoder.decode(bytes, directory, limit);
                case ImageFile.Webp(WebpFile webp) -> WebpDecoder.decode(webp, limit);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("A file in memory is read", e);
        }
    }
}
