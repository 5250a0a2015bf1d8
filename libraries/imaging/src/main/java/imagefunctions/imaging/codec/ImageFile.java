package imagefunctions.imaging.codec;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.tiff.TiffDirectory;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.JpegHeader;
import imagefunctions.jpeg.format.UnsupportedJpegException;
import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.UnsupportedWebpException;
import imagefunctions.webp.format.WebpFile;

/** A file of a known format with its headers, which are read once; no pixel is decoded. */
public sealed interface ImageFile {

    record Jpeg(JpegHeader header) implements ImageFile {
        @Override
        public int frames() {
            return header.pictures();
        }
    }

    record Png(PngFile file) implements ImageFile {
        @Override
        public int frames() {
            return file.frames();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Gif(byte[] bytes, GifFile blocks) implements ImageFile {
        @Override
        public int frames() {
            return blocks.frames();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Bmp(byte[] bytes) implements ImageFile {
        @Override
        public int frames() {
            return 1;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Tiff(byte[] bytes, TiffDirectory directory) implements ImageFile {
        @Override
        public int frames() {
            return directory.pages();
        }
    }

    record Webp(WebpFile file) implements ImageFile {
        @Override
        public int frames() {
            return file.frames();
        }
    }

    /** How many pictures it holds, at least 1: the frames of an animation, or pages; the first is the one that is read. */
    int frames();

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
            return switch (ImageType.of(bytes).orElseThrow(NotAnImageException::unknown)) {
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
}
