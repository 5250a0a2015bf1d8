package imagefunctions.imaging.codec;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.operation.DctPlan;
import imagefunctions.imaging.operation.Operation;
import imagefunctions.jpeg.JpegEdit;
import imagefunctions.jpeg.JpegEngine;
import imagefunctions.jpeg.format.JpegException;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.JpegLimits;
import imagefunctions.jpeg.format.Support;
import java.util.Optional;

/**
 * From JPEG to JPEG in the DCT domain, without pixels, where the file's header and the operations allow it. Where they
 * do not, decoding to pixels gives the answer, errors included.
 */
public final class DctDomainPath {
    private static final System.Logger LOG = System.getLogger(DctDomainPath.class.getName());
    private static final ThreadLocal<JpegEngine> ENGINE = ThreadLocal.withInitial(JpegEngine::new);

    private DctDomainPath() {}

    /** What came of it. */
    public sealed interface Outcome {

        /** The result, a JPEG file. */
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Done(byte[] file) implements Outcome {}

        /** This path cannot give the result. */
        record Unsupported(ProcessingPath.Reason reason) implements Outcome {}
    }

    /** Runs the operation on the file's coefficients, if it can be run on them. */
    public static Outcome run(byte[] file, Operation operation, PixelLimit limit) {
        if (Decoder.format(file) != ImageType.JPEG) {
            return unsupported(ProcessingPath.Reason.OTHER_FORMAT, "not a JPEG");
        }
        try {
            JpegFile parsed = JpegFile.parse(file, new JpegLimits(limit.maxPixels(), JpegLimits.DEFAULT.maxScans()));
            if (parsed.support() instanceof Support.Left reason) {
                return unsupported(ProcessingPath.Reason.OTHER_CODING, reason.reason());
            }
            JpegHeader header = JpegHeaderReader.read(file);
            Optional<DctPlan> plan = operation.plan(DctPlan.of(header.width(), header.height(), header.upright()));
            if (plan.isEmpty()) {
                return unsupported(ProcessingPath.Reason.PIXEL_OPERATION, "an operation works on pixels only");
            }
            return plan.get().shrunkTwice()
                    ? unsupported(ProcessingPath.Reason.SHRUNK_TWICE, "it would be shrunk twice")
                    : edited(parsed, header, plan.get().edit());
        } catch (JpegException e) {
            return unsupported(ProcessingPath.Reason.UNSOUND, String.valueOf(e.getMessage()));
        }
    }

    private static Outcome edited(JpegFile file, JpegHeader header, JpegEdit edit) {
        boolean grey = edit.grey() || header.components().size() == 1;
        boolean shrunk = edit.size().isPresent();
        boolean requantised = edit.quality().isPresent();
        if (shrunk && !requantised) {
            return unsupported(
                    ProcessingPath.Reason.KEPT_TABLES,
                    "a shrunk picture keeps its file's tables only by way of pixels");
        }
        if (header.wideTables() && (shrunk || !requantised)) {
            return unsupported(ProcessingPath.Reason.WIDE_STEPS, "quantisation steps of 16 bits");
        }
        byte[] result = ENGINE.get().edit(file, edit);
        LOG.log(System.Logger.Level.DEBUG, "in the DCT domain");
        return new Outcome.Done(header.profile()
                .filter(profile -> profile.matters(grey))
                .map(profile -> profile.insertedInto(result))
                .orElse(result));
    }

    private static Outcome unsupported(ProcessingPath.Reason reason, String detail) {
        LOG.log(System.Logger.Level.DEBUG, "by way of pixels: {0}", detail);
        return new Outcome.Unsupported(reason);
    }
}
