package imagefunctions.imaging;

import imagefunctions.imaging.jpeg.JpegEdit;
import imagefunctions.imaging.jpeg.JpegEngine;
import imagefunctions.imaging.jpeg.JpegException;
import imagefunctions.imaging.jpeg.JpegFile;
import imagefunctions.imaging.jpeg.JpegLimits;
import imagefunctions.imaging.jpeg.Support;
import java.util.Optional;

/**
 * The way from JPEG to JPEG by coefficients, without pixels: whether it is open is decided here, from the file's header
 * and the operations. Where it is not, the general way by pixels gives the answer, errors included.
 */
final class Coefficients {
    private static final System.Logger LOG = System.getLogger(Coefficients.class.getName());
    private static final ThreadLocal<JpegEngine> ENGINE = ThreadLocal.withInitial(JpegEngine::new);

    private Coefficients() {}

    /** The result, or nothing if it has to come by pixels. */
    static Optional<byte[]> run(byte[] file, Operation operation, PixelLimit limit) {
        if (Format.of(file) != Format.JPEG) {
            return left("not a JPEG");
        }
        try {
            JpegFile parsed = JpegFile.parse(file, new JpegLimits(limit.maxPixels(), JpegLimits.DEFAULT.maxScans()));
            if (parsed.support() instanceof Support.Left reason) {
                return left(reason.reason());
            }
            JpegHeader header = JpegHeaderReader.read(file);
            Optional<JpegEdit> edit = operation.plan(CoefficientPlan.of(header)).map(CoefficientPlan::edit);
            return edit.isPresent() ? edited(parsed, header, edit.get()) : left("it would be shrunk twice");
        } catch (JpegException e) {
            return left(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<byte[]> edited(JpegFile file, JpegHeader header, JpegEdit edit) {
        boolean grey = edit.grey() || header.components().size() == 1;
        if (edit.size().isPresent() && edit.quality().isEmpty()) {
            return left("a shrunk picture keeps its file's tables only by pixels");
        }
        if (header.wideTables() && (edit.size().isPresent() || edit.quality().isEmpty())) {
            return left("quantisation steps of 16 bits");
        }
        if (edit.size().isEmpty() && edit.quality().isPresent() && !grey && !header.halvesChroma()) {
            return left("a new quality is 4:2:0, which the file is not");
        }
        byte[] result = ENGINE.get().edit(file, edit);
        LOG.log(System.Logger.Level.DEBUG, "by coefficients");
        return Optional.of(header.profile()
                .filter(profile -> profile.matters(grey))
                .map(profile -> profile.insertedInto(result))
                .orElse(result));
    }

    private static Optional<byte[]> left(String reason) {
        LOG.log(System.Logger.Level.DEBUG, "by pixels: {0}", reason);
        return Optional.empty();
    }
}
