package imagefunctions.imaging.codec;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.JpegHeader;
import java.io.IOException;
import java.util.regex.Pattern;

/** Decodes a file of any known format; whatever a corrupt or hostile one provokes becomes an ImageException. */
public final class Decoder {

    // The readers throw the same exceptions for corrupt and for unsupported files; only the messages differ.
    private static final Pattern UNSUPPORTED =
            Pattern.compile("\\bunsupported\\b|\\bnot supported\\b", CASE_INSENSITIVE);

    private Decoder() {}

    public static Picture decode(ImageFile file, PixelLimit limit) {
        try {
            return switch (file) {
                case ImageFile.Jpeg(JpegHeader header) -> JpegDecoder.decode(header, limit, DctDomainPath.ENGINE.get());
                case ImageFile.Other(byte[] bytes, ImageType format) -> ImageIoDecoder.decode(bytes, format, limit);
            };
        } catch (ImageException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Not OutOfMemoryError: concurrent calls cause it as much as the file does.
            ImageType format = file instanceof ImageFile.Other other ? other.format() : ImageType.JPEG;
            if (UNSUPPORTED.matcher(String.valueOf(e.getMessage())).find()) {
                throw NotAnImageException.unsupported("This kind of %s file".formatted(format), e);
            }
            throw new DamagedImageException(
                    "%s file cannot be decoded, it is cut short or broken".formatted(format), e);
        }
    }
}
