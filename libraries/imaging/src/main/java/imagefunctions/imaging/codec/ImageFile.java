package imagefunctions.imaging.codec;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.credit.Credit;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.tiff.TiffDirectory;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.Ifd;
import imagefunctions.jpeg.format.JpegHeader;
import imagefunctions.jpeg.format.UnsupportedJpegException;
import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.UnsupportedWebpException;
import imagefunctions.webp.format.WebpFile;
import java.util.Optional;

/** A file of a known format with its headers, which are read once; no pixel is decoded. */
public sealed interface ImageFile {

    record Jpeg(JpegHeader header) implements ImageFile {
        @Override
        public int frames() {
            return header.pictures();
        }

        @Override
        public Credit credit() {
            return Credit.of(
                    tag -> header.exif().flatMap(ifd -> ifd.text(tag).stream()).findFirst(),
                    Optional.of(header.photoshop()));
        }
    }

    record Png(PngFile file) implements ImageFile {
        @Override
        public int frames() {
            return file.frames();
        }

        @Override
        public Credit credit() {
            return Credit.of(
                    tag -> Metadata.exif(file).flatMap(block -> Ifd.of(block).text(tag)), Metadata.iptc(file));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Gif(byte[] bytes, GifFile blocks) implements ImageFile {
        @Override
        public int frames() {
            return blocks.frames();
        }

        @Override
        public Credit credit() {
            return Credit.NONE;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Bmp(byte[] bytes) implements ImageFile {
        @Override
        public int frames() {
            return 1;
        }

        @Override
        public Credit credit() {
            return Credit.NONE;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Tiff(byte[] bytes, TiffDirectory directory) implements ImageFile {
        private static final int IPTC = 33723;
        private static final int PHOTOSHOP = 34377;

        @Override
        public int frames() {
            return directory.pages();
        }

        @Override
        public Credit credit() {
            return Credit.of(directory::bytes, directory.bytes(IPTC).or(() -> directory.bytes(PHOTOSHOP)));
        }
    }

    record Webp(WebpFile file) implements ImageFile {
        @Override
        public int frames() {
            return file.frames();
        }

        @Override
        public Credit credit() {
            return Credit.of(tag -> file.exif().flatMap(block -> Ifd.of(block).text(tag)), Optional.empty());
        }
    }

    /** How many pictures it holds, at least 1: the frames of an animation, or pages; the first is the one that is read. */
    int frames();

    /** What it says of who made the picture and who owns it. */
    Credit credit();

    /** The gain map that lies behind the picture. */
    default Optional<GainMap> gainMap() {
        return this instanceof Jpeg(JpegHeader header) ? GainMap.of(header) : Optional.empty();
    }

    /**
     * Recognises the format of a file by its first bytes.
     *
     * @throws NotAnImageException if the file is empty or of a kind that is not read
     * @throws DamagedImageException if it has no whole header
     */
    static ImageFile of(byte[] bytes) {
        if (bytes.length == 0) {
            throw NotAnImageException.empty();
        }
        try {
            return switch (type(bytes)) {
                case JPEG -> new Jpeg(JpegHeader.read(bytes));
                case PNG -> new Png(PngFile.read(bytes));
                case GIF -> new Gif(bytes, GifFile.read(bytes));
                case BMP -> new Bmp(bytes);
                case TIFF -> new Tiff(bytes, TiffDirectory.read(bytes));
                case WEBP -> new Webp(WebpFile.parse(bytes));
            };
        } catch (DamagedJpegException | DamagedWebpException e) {
            throw DamagedImageException.because(String.valueOf(e.getMessage()), e);
        } catch (UnsupportedJpegException e) {
            throw NotAnImageException.because(String.valueOf(e.getMessage()), e);
        } catch (UnsupportedWebpException e) {
            throw NotAnImageException.unsupported(String.valueOf(e.getMessage()), e);
        }
    }

    private static ImageType type(byte[] bytes) {
        return ImageType.of(bytes).orElseThrow(() -> OtherKinds.of(bytes)
                .map(NotAnImageException::otherKind)
                .orElseGet(NotAnImageException::unknown));
    }
}
