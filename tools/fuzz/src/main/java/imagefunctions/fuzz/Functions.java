package imagefunctions.fuzz;

import com.sun.management.ThreadMXBean;
import imagefunctions.imaging.Imaging;
import imagefunctions.imaging.Order;
import imagefunctions.imaging.Recipe;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.jpeg.format.JpegHeader;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the functions do with a file of any format, and after it the first of that with larger pictures. */
final class Functions {
    private static final List<Order> ORDERS = List.of(
            Recipe.DRAFT.with(Map.of()),
            Recipe.BW.with(Map.of()),
            Recipe.THUMBNAIL.with(Map.of()),
            Recipe.TRANSPOSE.with(Map.of()),
            Recipe.BW.with(Map.of("quality", "60")),
            Recipe.TRANSPOSE.with(Map.of("method", "rotate_90", "quality", "90")),
            Recipe.TRANSPOSE.with(Map.of("method", "flip_left_right", "width", "40")),
            Recipe.TRANSPOSE.with(Map.of("keep", "copyright")),
            Order.inTurn(List.of(
                    Recipe.TRANSPOSE.with(Map.of()),
                    Recipe.BW.with(Map.of()),
                    Recipe.THUMBNAIL.with(Map.of("width", "50")))));
    private static final int WITH_LARGE_PICTURES = 2;

    private static final PixelLimit SMALL = new PixelLimit(250_000);
    private static final PixelLimit LARGE = new PixelLimit(6_000_000);

    // Bytes that may be allocated: a constant, a number for each byte of the file, one for each pixel that is allowed,
    // and one for each row of the result, which the JDK's encoder allocates each time.
    private static final long FOR_ANY_FILE = 8 << 20;
    private static final long PER_BYTE = 64;
    private static final long PER_PIXEL = 24;
    private static final long PER_ROW = 512;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static int choices() {
        return ORDERS.size() + WITH_LARGE_PICTURES;
    }

    /** How many of the choices, the last, are with larger pictures. */
    static int large() {
        return WITH_LARGE_PICTURES;
    }

    /** Whether a picture came out. */
    boolean run(byte[] file, int choice) {
        PixelLimit limit = choice < ORDERS.size() ? SMALL : LARGE;
        Order order = ORDERS.get(choice % ORDERS.size());
        long before = threads.getCurrentThreadAllocatedBytes();
        Optional<byte[]> result = run(file, order, limit);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        long rows = result.map(jpeg -> JpegHeader.read(jpeg).height()).orElse(0);
        if (allocated > FOR_ANY_FILE + PER_BYTE * file.length + PER_PIXEL * limit.maxPixels() + PER_ROW * rows) {
            throw new FindingException(allocated + " bytes allocated for " + order, null);
        }
        return result.isPresent();
    }

    private static Optional<byte[]> run(byte[] file, Order order, PixelLimit limit) {
        try {
            return Optional.of(new Imaging(limit).run(file, order).file());
        } catch (ImageException e) {
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            throw new FindingException(order + ": " + e, e);
        }
    }
}
