package imagefunctions.imaging.operation;

import imagefunctions.imaging.pixels.Picture;
import java.util.Optional;

/** Turns a picture upright as its EXIF orientation asks, or, if not wanted, forgets that it asked. */
public record Autorotate(boolean wanted) implements Operation {

    public static final String ALLOWED = "true or false";

    @Override
    public Picture apply(Picture picture) {
        if (picture.upright().isEmpty()) {
            return picture;
        }
        Picture settled = picture.withUpright(Optional.empty());
        return wanted ? picture.upright().get().apply(settled) : settled;
    }

    @Override
    public Optional<DctPlan> plan(DctPlan plan) {
        DctPlan settled = plan.settled();
        return Optional.of(wanted ? plan.upright().map(settled::turned).orElse(settled) : settled);
    }
}
