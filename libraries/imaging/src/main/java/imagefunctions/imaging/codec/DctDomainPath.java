package imagefunctions.imaging.codec;

import imagefunctions.imaging.operation.DctPlan;
import imagefunctions.imaging.operation.Operation;
import imagefunctions.imaging.pixels.IccProfile;
import imagefunctions.jpeg.IndexedJpeg;
import imagefunctions.jpeg.JpegEdit;
import imagefunctions.jpeg.JpegEngine;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.JpegException;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.JpegHeader;
import imagefunctions.jpeg.format.Support;
import imagefunctions.jpeg.format.Transform;
import java.util.Optional;

/**
 * The path from JPEG to JPEG in the DCT domain, without pixels, if the file's header and the operations allow it. If
 * they do not, the picture has to be decoded to pixels, and errors are left to that path.
 */
public final class DctDomainPath {
    private static final System.Logger LOG = System.getLogger(DctDomainPath.class.getName());

    /** Each thread's own, for decoding to pixels too. */
    static final ThreadLocal<JpegEngine> ENGINE = ThreadLocal.withInitial(JpegEngine::new);

    private DctDomainPath() {}

    /** Edits a file that is read for this edit alone. */
    public static Edits once(Cores cores) {
        return (file, edit) -> ENGINE.get().edit(file, edit, cores);
    }

    /** How a file is edited. */
    public interface Edits {
        byte[] edited(JpegFile file, JpegEdit edit);
    }

    /** One of many edits of a file. */
    public static byte[] edited(IndexedJpeg file, JpegEdit edit) {
        return ENGINE.get().edit(file, edit);
    }

    /** The outcome of running an operation on this path. */
    public sealed interface Outcome {

        /** The result, a JPEG file, and what was done to become it. */
        @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
        record Done(byte[] file, JpegEdit edit) implements Outcome {}

        /** This path cannot give the result. */
        record Unsupported(ProcessingPath.Reason reason) implements Outcome {}
    }

    /** Runs the operation on the file's coefficients, if it can be run on them. */
    public static Outcome run(ImageFile file, Operation operation, PixelLimit limit, Edits edits) {
        return file instanceof ImageFile.Jpeg(JpegHeader header)
                ? run(header, operation, limit, edits)
                : unsupported(ProcessingPath.Reason.OTHER_FORMAT, "not a JPEG");
    }

    private static Outcome run(JpegHeader header, Operation operation, PixelLimit limit, Edits edits) {
        try {
            JpegFile file = JpegFile.of(header, limit.forJpeg());
            if (file.support() instanceof Support.Unsupported(String reason)) {
                return unsupported(ProcessingPath.Reason.OTHER_CODING, reason);
            }
            Optional<DctPlan> plan = operation.plan(DctPlan.of(header.width(), header.height(), header.upright()));
            if (plan.isEmpty()) {
                return unsupported(ProcessingPath.Reason.PIXEL_OPERATION, "an operation works on pixels only");
            }
            return plan.get().shrunkTwice()
                    ? unsupported(ProcessingPath.Reason.SHRUNK_TWICE, "it would be shrunk twice")
                    : edited(file, plan.get().edit(), edits);
        } catch (JpegException e) {
            return unsupported(ProcessingPath.Reason.UNSOUND, String.valueOf(e.getMessage()));
        }
    }

    private static Outcome edited(JpegFile file, JpegEdit edit, Edits edits) {
        boolean grey = edit.grey() || file.components() == 1;
        boolean shrunk = edit.size().isPresent();
        boolean requantised = edit.quality().isPresent();
        if (shrunk && !requantised) {
            return unsupported(
                    ProcessingPath.Reason.KEPT_TABLES, "a shrunk picture keeps its file's tables only through pixels");
        }
        if (file.header().wideTables() && (shrunk || !requantised)) {
            return unsupported(ProcessingPath.Reason.WIDE_STEPS, "quantisation steps of 16 bits");
        }
        byte[] result = withProfile(file, edits.edited(file, edit), grey);
        LOG.log(System.Logger.Level.DEBUG, "in the DCT domain");
        return new Outcome.Done(result, edit);
    }

    /** The file transformed with its own tables; nothing if it is damaged, or needs pixels for that. */
    static Optional<byte[]> transformed(JpegHeader header, Transform transform, PixelLimit limit) {
        try {
            JpegFile file = JpegFile.of(header, limit.forJpeg());
            return edited(file, JpegEdit.NONE.transformed(transform), once(Cores.ONE))
                            instanceof Outcome.Done(byte[] result, var _)
                    ? Optional.of(result)
                    : Optional.empty();
        } catch (JpegException e) {
            return Optional.empty();
        }
    }

    private static byte[] withProfile(JpegFile file, byte[] result, boolean grey) {
        return file.header()
                .iccProfile()
                .flatMap(IccProfile::of)
                .flatMap(profile -> profile.accompanying(grey))
                .map(profile -> profile.insertedInto(result))
                .orElse(result);
    }

    private static Outcome unsupported(ProcessingPath.Reason reason, String detail) {
        LOG.log(System.Logger.Level.DEBUG, "through pixels: {0}", detail);
        return new Outcome.Unsupported(reason);
    }
}
