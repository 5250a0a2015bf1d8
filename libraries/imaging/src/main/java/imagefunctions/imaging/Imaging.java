package imagefunctions.imaging;

import imagefunctions.imaging.codec.DctDomainPath;
import imagefunctions.imaging.codec.Decoder;
import imagefunctions.imaging.codec.GainMap;
import imagefunctions.imaging.codec.ImageFile;
import imagefunctions.imaging.codec.JpegEncoder;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.codec.ProcessingPath;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.error.TooManyPixelsException;
import imagefunctions.imaging.operation.Operation;
import imagefunctions.imaging.operation.Pipeline;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.JpegEdit;
import imagefunctions.jpeg.format.AddedSegments;
import imagefunctions.jpeg.format.Cores;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** Runs operations on an image file and returns a JPEG file; safe for use by many threads at once. */
public final class Imaging {

    /** The media type of every result. */
    public static final String MEDIA_TYPE = "image/jpeg";

    private final PixelLimit limit;
    private final IdleCores cores;

    public Imaging(PixelLimit limit) {
        this(limit, IdleCores.OF_THE_MACHINE);
    }

    Imaging(PixelLimit limit, IdleCores cores) {
        this.limit = limit;
        this.cores = cores;
    }

    /**
     * Decodes an image once, runs the operations in order, and encodes the result once, as a baseline JPEG.
     *
     * <p>The result has the size that it would have if each operation were run on the JPEG of the one before.
     *
     * @param file a JPEG, PNG, GIF, BMP, TIFF or WebP file; never changed
     * @param operations at least one
     * @return a JPEG file without EXIF, GPS or XMP, and what is to be known about it
     * @throws NotAnImageException if the file is empty or of a kind that is not supported
     * @throws DamagedImageException if the file is cut short or broken
     * @throws TooManyPixelsException if it states more pixels, or takes more work, than the limit allows; nothing is
     *     decoded then
     * @throws CancellationException if the thread is interrupted, within a fraction of a second
     */
    public Result run(byte[] file, List<Operation> operations) {
        return run(file, new Pipeline(operations));
    }

    /** The same with a single operation. */
    public Result run(byte[] file, Operation operation) {
        return run(file, new Order(operation, false, false, false));
    }

    /**
     * The same with what an order says.
     *
     * <p>If it keeps the copyright, the result has EXIF and IPTC with that alone; if it keeps the gain map, that lies
     * behind the picture, with an index and XMP of both.
     */
    public Result run(byte[] file, Order order) {
        DctDomainPath.Edits edits = DctDomainPath.once(order.allCores() ? cores : Cores.ONE);
        return run(ImageFile.of(file), order, edits, this::decoded);
    }

    /** The file for several orders, which read it once for all of them; it is read in the way that suits their number. */
    public SharedFile shared(byte[] file, int orders) {
        return new SharedFile(this, file, orders);
    }

    Picture decoded(ImageFile image) {
        return Decoder.decode(image, limit);
    }

    /**
     * Runs an order.
     *
     * @param edits how a JPEG file is edited
     * @param pixels how the file is decoded, if it cannot be
     */
    Result run(ImageFile image, Order order, DctDomainPath.Edits edits, Function<ImageFile, Picture> pixels) {
        return cores.counted(() -> counted(image, order, edits, pixels));
    }

    private Result counted(
            ImageFile image, Order order, DctDomainPath.Edits edits, Function<ImageFile, Picture> pixels) {
        AddedSegments segments = new AddedSegments();
        if (order.keepsCopyright()) {
            image.credit().addTo(segments);
        }
        DctDomainPath.Outcome outcome = DctDomainPath.run(image, order.operation(), limit, edits);
        // No switch over patterns on the way of a first call: decision 12.
        if (outcome instanceof DctDomainPath.Outcome.Unsupported(ProcessingPath.Reason reason)) {
            byte[] jpeg = JpegEncoder.encode(order.operation().apply(pixels.apply(image)));
            return new Result(segments.insertedInto(jpeg), new ProcessingPath.Pixels(reason), image.frames());
        }
        DctDomainPath.Outcome.Done done = (DctDomainPath.Outcome.Done) outcome;
        JpegEdit edit = done.edit();
        Optional<GainMap> map = order.keepsGainMap() && edit.keepsPixels() ? image.gainMap() : Optional.empty();
        return new Result(
                map.flatMap(found -> found.behind(done.file(), segments, edit.transform(), limit))
                        .orElseGet(() -> segments.insertedInto(done.file())),
                new ProcessingPath.DctDomain(),
                image.frames());
    }
}
