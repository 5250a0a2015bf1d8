package imagefunctions.imaging;

import java.io.IOException;

/** Reads a file of any known format; whatever a broken or hostile one provokes comes out as an ImageException. */
final class Decoder {

    private Decoder() {}

    static Picture decode(byte[] file, Limits limits) {
        Format format = Format.of(file);
        try {
            return format == Format.JPEG ? JpegDecoder.decode(file, limits) : PlainDecoder.decode(file, format, limits);
        } catch (ImageException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Not OutOfMemoryError: the calls beside this one bring it about as much as the file does.
            String reason = String.valueOf(e.getMessage());
            if (reason.contains("nsupported") || reason.contains("not supported")) {
                throw NotAnImage.unsupported("This kind of %s file".formatted(format), e);
            }
            throw new DamagedImage("%s file cannot be decoded, it is cut short or broken".formatted(format), e);
        }
    }
}
