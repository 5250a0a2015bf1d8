package imagefunctions.fuzz;

import com.sun.management.ThreadMXBean;
import imagefunctions.jpeg.JpegEdit;
import imagefunctions.jpeg.JpegEngine;
import imagefunctions.jpeg.format.JpegException;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.JpegLimits;
import imagefunctions.jpeg.format.Transform;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every edit of the JPEG engine. */
final class Edits {
    private static final long PIXELS = 16_000_000;
    private static final JpegLimits LIMITS = new JpegLimits(PIXELS, 30);

    private static final List<JpegEdit> SIZES = List.of(
            JpegEdit.NONE,
            JpegEdit.NONE.reduced(8),
            JpegEdit.NONE.resized(20, 15),
            JpegEdit.NONE,
            JpegEdit.NONE.reduced(4),
            JpegEdit.NONE.reduced(2),
            JpegEdit.NONE.resized(1, 1),
            JpegEdit.NONE.resized(300, 200));
    private static final List<Transform> TRANSFORMS = List.of(Transform.values());
    private static final int[] QUALITIES = {0, 75, 1, 100};
    static final int CHOICES = TRANSFORMS.size() * 2 * SIZES.size() * QUALITIES.length * 2;

    // Bytes that may be allocated: a constant; for whole files a number for each of their bytes and pixels; whatever
    // the header states, never more for a byte than what the eight blocks take that it may hold; and for the pixels
    // asked
    // for.
    private static final long FOR_ANY_FILE = 1 << 19;
    private static final long PER_BYTE = 64;
    private static final long PER_PIXEL = 24;
    private static final int MCU = 32;
    private static final long AT_MOST_PER_BYTE = 8 * 180;

    private static final int FRESH_EVERY = 16;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final JpegEngine engine = new JpegEngine();
    private int runs;

    /** Whether the engine took the file. */
    boolean feed(byte[] file, int choice) {
        return edited(file, edit(choice));
    }

    private static JpegEdit edit(int choice) {
        int left = choice;
        JpegEdit edit = SIZES.get(left % SIZES.size());
        left /= SIZES.size();
        edit = edit.transformed(TRANSFORMS.get(left % TRANSFORMS.size()));
        left /= TRANSFORMS.size();
        edit = left % 2 == 0 ? edit : edit.greyed();
        left /= 2;
        int quality = QUALITIES[left % QUALITIES.length];
        edit = quality == 0 ? edit : edit.withQuality(quality);
        return left / QUALITIES.length == 0 ? edit : edit.withOptimisedTables();
    }

    private boolean edited(byte[] file, JpegEdit edit) {
        long before = threads.getCurrentThreadAllocatedBytes();
        byte[] result = edited(engine, file, edit);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        if (allocated > FOR_ANY_FILE + PER_BYTE * file.length
                && allocated > bound(file, edit)
                && allocatesAgain(file, edit)) {
            throw new FindingException(allocated + " bytes allocated for " + edit, null);
        }
        // What an engine has read before must not show: it would have read past the file, in a buffer that it kept.
        if (++runs % FRESH_EVERY == 0 && !Arrays.equals(result, edited(new JpegEngine(), file, edit))) {
            throw new FindingException("Another result with an engine that is new for " + edit, null);
        }
        return result != null;
    }

    /** Whether it allocates too much once more: the first time, classes may have been loaded. */
    private boolean allocatesAgain(byte[] file, JpegEdit edit) {
        long before = threads.getCurrentThreadAllocatedBytes();
        edited(engine, file, edit);
        return threads.getCurrentThreadAllocatedBytes() - before > bound(file, edit);
    }

    private static byte @Nullable [] edited(JpegEngine engine, byte[] file, JpegEdit edit) {
        try {
            return engine.edit(JpegFile.parse(file, LIMITS), edit);
        } catch (JpegException e) {
            return null;
        } catch (RuntimeException | Error e) {
            throw new FindingException(edit + ": " + e, e);
        }
    }

    /** To whole MCUs of up to four blocks. */
    private static long padded(int side) {
        return Math.ceilDiv(side, MCU) * (long) MCU;
    }

    private static long bound(byte[] file, JpegEdit edit) {
        long asked = edit.size().orElse(null) instanceof JpegEdit.Resized size
                ? PER_PIXEL * size.width() * size.height()
                : 0;
        try {
            JpegFile parsed = JpegFile.parse(file, LIMITS);
            long whole = PER_BYTE * file.length + PER_PIXEL * padded(parsed.width()) * padded(parsed.height());
            return FOR_ANY_FILE + asked + Math.min(whole, AT_MOST_PER_BYTE * file.length);
        } catch (JpegException e) {
            return FOR_ANY_FILE + asked + PER_BYTE * file.length;
        }
    }
}
