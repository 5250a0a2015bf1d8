package imagefunctions.imaging;

import imagefunctions.jpeg.JpegEdit;
import imagefunctions.jpeg.JpegEngine;
import imagefunctions.jpeg.JpegException;
import imagefunctions.jpeg.JpegFile;
import imagefunctions.jpeg.JpegLimits;
import imagefunctions.jpeg.Support;
import java.util.Optional;

/**
 * The way from JPEG to JPEG by coefficients, without pixels: whether it is open is decided here, from the file's header
 * and the operations. Where it is not, the general way by pixels gives the answer, errors included.
 */
final class Coefficients {
    private static final System.Logger LOG = System.getLogger(Coefficients.class.getName());
    private static final ThreadLocal<JpegEngine> ENGINE = ThreadLocal.withInitial(JpegEngine::new);

    private Coefficients() {}

    /** What came of it. */
    sealed interface Outcome {

        /** A JPEG file. */
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Done(byte[] file) implements Outcome {}

        /** The result has to come by pixels. */
        record Left(Way.Why why) implements Outcome {}
    }

    static Outcome run(byte[] file, Operation operation, PixelLimit limit) {
        if (Format.of(file) != Format.JPEG) {
            return left(Way.Why.OTHER_FORMAT, "not a JPEG");
        }
        try {
            JpegFile parsed = JpegFile.parse(file, new JpegLimits(limit.maxPixels(), JpegLimits.DEFAULT.maxScans()));
            if (parsed.support() instanceof Support.Left reason) {
                return left(Way.Why.OTHER_CODING, reason.reason());
            }
            JpegHeader header = JpegHeaderReader.read(file);
            Optional<JpegEdit> edit = operation.plan(CoefficientPlan.of(header)).map(CoefficientPlan::edit);
            return edit.isPresent()
                    ? edited(parsed, header, edit.get())
                    : left(Way.Why.SHRUNK_TWICE, "it would be shrunk twice");
        } catch (JpegException e) {
            return left(Way.Why.UNSOUND, String.valueOf(e.getMessage()));
        }
    }

    private static Outcome edited(JpegFile file, JpegHeader header, JpegEdit edit) {
        boolean grey = edit.grey() || header.components().size() == 1;
        boolean shrunk = edit.size().isPresent();
        boolean anew = edit.quality().isPresent();
        if (shrunk && !anew) {
            return left(Way.Why.KEPT_TABLES, "a shrunk picture keeps its file's tables only by pixels");
        }
        if (header.wideTables() && (shrunk || !anew)) {
            return left(Way.Why.WIDE_STEPS, "quantisation steps of 16 bits");
        }
        byte[] result = ENGINE.get().edit(file, edit);
        LOG.log(System.Logger.Level.DEBUG, "by coefficients");
        return new Outcome.Done(header.profile()
                .filter(profile -> profile.matters(grey))
                .map(profile -> profile.insertedInto(result))
                .orElse(result));
    }

    private static Outcome left(Way.Why why, String reason) {
        LOG.log(System.Logger.Level.DEBUG, "by pixels: {0}", reason);
        return new Outcome.Left(why);
    }
}
