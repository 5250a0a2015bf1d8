package imagefunctions.imaging.operation;

import imagefunctions.imaging.error.BadParameterException;
import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.Picture;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sets the JPEG quality of the result, with 4:2:0 chroma subsampling; without a quality, changes nothing.
 *
 * @param quality 1 to 100 on libjpeg's scale
 */
public record Quality(OptionalInt quality) implements Operation {

    public static final Allowed.Range ALLOWED = new Allowed.Range(1, 100);

    public Quality {
        if (quality.isPresent() && !ALLOWED.has(quality.getAsInt())) {
            throw BadParameterException.value("quality", String.valueOf(quality.getAsInt()), ALLOWED);
        }
    }

    @Override
    public Picture apply(Picture picture) {
        return quality.isEmpty() ? picture : picture.withCoding(Coding.quality(quality.getAsInt()));
    }

    @Override
    public Optional<DctPlan> plan(DctPlan plan) {
        return Optional.of(quality.isEmpty() ? plan : plan.withQuality(quality.getAsInt()));
    }
}
