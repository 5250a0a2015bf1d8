package imagefunctions.imaging.codec;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.JpegHeader;
import imagefunctions.jpeg.format.UnsupportedJpegException;

/** A file of a known format; the header of a JPEG is read once, for both processing paths. */
public sealed interface ImageFile {

    record Jpeg(JpegHeader header) implements ImageFile {}

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Other(byte[] bytes, ImageType format) implements ImageFile {}

    /**
     * Recognises the format of a file by its first bytes.
     *
     * @throws NotAnImageException if the file is empty or of a kind that is not read
     * @throws DamagedImageException if it is a JPEG without a whole header
     */
    static ImageFile of(byte[] bytes) {
        if (bytes.length == 0) {
            throw NotAnImageException.empty();
        }
        ImageType format = ImageType.of(bytes).orElseThrow(() -> OtherKinds.of(bytes)
                .map(NotAnImageException::otherKind)
                .orElseGet(NotAnImageException::unknown));
        if (format != ImageType.JPEG) {
            return new Other(bytes, format);
        }
        try {
            return new Jpeg(JpegHeader.read(bytes));
        } catch (DamagedJpegException e) {
            throw DamagedImageException.because(String.valueOf(e.getMessage()), e);
        } catch (UnsupportedJpegException e) {
            throw NotAnImageException.because(String.valueOf(e.getMessage()), e);
        }
    }
}
