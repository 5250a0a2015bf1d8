package imagefunctions.imaging.codec;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.pixels.Picture;
import java.io.IOException;
import java.util.regex.Pattern;

/** Reads a file of any known format; whatever a broken or hostile one provokes comes out as an ImageException. */
public final class Decoder {

    // The readers throw the same exceptions for a broken file and for a kind that they lack: only these words differ.
    private static final Pattern UNSUPPORTED =
            Pattern.compile("\\bunsupported\\b|\\bnot supported\\b", CASE_INSENSITIVE);

    private Decoder() {}

    /** @throws NotAnImageException if the file is of no known format */
    static ImageType format(byte[] file) {
        if (file.length == 0) {
            throw NotAnImageException.empty();
        }
        return ImageType.of(file).orElseThrow(NotAnImageException::unknown);
    }

    public static Picture decode(byte[] file, PixelLimit limit) {
        ImageType format = format(file);
        try {
            return format == ImageType.JPEG
                    ? JpegDecoder.decode(file, limit)
                    : ImageIoDecoder.decode(file, format, limit);
        } catch (ImageException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Not OutOfMemoryError: the calls beside this one bring it about as much as the file does.
            if (UNSUPPORTED.matcher(String.valueOf(e.getMessage())).find()) {
                throw NotAnImageException.unsupported("This kind of %s file".formatted(format), e);
            }
            throw new DamagedImageException(
                    "%s file cannot be decoded, it is cut short or broken".formatted(format), e);
        }
    }
}
