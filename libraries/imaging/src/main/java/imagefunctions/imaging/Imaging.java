package imagefunctions.imaging;

import imagefunctions.imaging.codec.Coefficients;
import imagefunctions.imaging.codec.Decoder;
import imagefunctions.imaging.codec.JpegEncoder;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.codec.Way;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.error.TooManyPixelsException;
import imagefunctions.imaging.operation.Operation;
import java.util.List;
import java.util.function.Consumer;

/** Takes a picture's bytes through operations to a JPEG's bytes; safe to use from many threads at once. */
public final class Imaging {

    /** The media type of every result. */
    public static final String MEDIA_TYPE = "image/jpeg";

    private final PixelLimit limit;

    public Imaging(PixelLimit limit) {
        this.limit = limit;
    }

    /**
     * Decodes a picture once, runs the operations one after the other, and codes the result as a baseline JPEG.
     *
     * <p>The result has the size that it would have with a JPEG coded and decoded between the operations.
     *
     * @param file a JPEG, PNG, GIF, BMP, TIFF or WebP file; never changed
     * @param operations in their order, at least one
     * @return a JPEG file without EXIF, GPS or XMP
     * @throws NotAnImageException if the file is empty or of no kind that is read
     * @throws DamagedImageException if the file is cut short or broken
     * @throws TooManyPixelsException if its header states more pixels than the limit allows, before anything is decoded
     */
    public byte[] run(byte[] file, List<Operation> operations) {
        return run(file, Operation.inOrder(operations), way -> {});
    }

    /** The same with a single operation. */
    public byte[] run(byte[] file, Operation operation) {
        return run(file, operation, way -> {});
    }

    /**
     * The same with a single operation.
     *
     * @param ways is told which way the result came
     */
    public byte[] run(byte[] file, Operation operation, Consumer<Way> ways) {
        return switch (Coefficients.run(file, operation, limit)) {
            case Coefficients.Outcome.Done(byte[] result) -> {
                ways.accept(new Way.ByCoefficients());
                yield result;
            }
            case Coefficients.Outcome.Left(Way.Why why) -> {
                byte[] result = JpegEncoder.encode(operation.apply(Decoder.decode(file, limit)));
                ways.accept(new Way.ByPixels(why));
                yield result;
            }
        };
    }
}
