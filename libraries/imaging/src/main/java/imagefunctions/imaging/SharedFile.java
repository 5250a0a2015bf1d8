package imagefunctions.imaging;

import imagefunctions.imaging.codec.DctDomainPath;
import imagefunctions.imaging.codec.ImageFile;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.IndexedJpeg;
import imagefunctions.jpeg.JpegEdit;
import imagefunctions.jpeg.format.JpegFile;
import org.jspecify.annotations.Nullable;

/**
 * An image file that is read once for several orders, when the first of them needs it; safe for use by many threads at
 * once. It holds what it has read.
 */
public final class SharedFile {
    private final Imaging imaging;
    private final byte[] bytes;
    private final int orders;
    private @Nullable ImageFile image;
    private @Nullable IndexedJpeg indexed;
    private @Nullable Picture pixels;

    SharedFile(Imaging imaging, byte[] bytes, int orders) {
        this.imaging = imaging;
        this.bytes = bytes;
        this.orders = orders;
    }

    /** The same as {@link Imaging#run(byte[], Order)} of this file. */
    public Result run(Order order) {
        return imaging.run(image(), order, this::edit, this::pixels);
    }

    private synchronized ImageFile image() {
        if (image == null) {
            image = ImageFile.of(bytes);
        }
        return image;
    }

    private byte[] edit(JpegFile file, JpegEdit edit) {
        return DctDomainPath.edited(indexed(file), edit);
    }

    private synchronized IndexedJpeg indexed(JpegFile file) {
        if (indexed == null) {
            indexed = new IndexedJpeg(file, orders);
        }
        return indexed;
    }

    private synchronized Picture pixels(ImageFile file) {
        if (pixels == null) {
            pixels = imaging.decoded(file);
        }
        return pixels;
    }
}
