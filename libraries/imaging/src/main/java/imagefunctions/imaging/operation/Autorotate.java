package imagefunctions.imaging.operation;

import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.Transform;
import java.util.List;
import java.util.Optional;

/** Applies the EXIF orientation, so that the picture is upright, or discards it if that is not wanted. */
public record Autorotate(boolean wanted) implements Operation {

    public static final Allowed ALLOWED = new Allowed.OneOf(List.of("true", "false"));

    @Override
    public Picture apply(Picture picture) {
        if (picture.upright() == Transform.NONE) {
            return picture;
        }
        Picture asStored = picture.withoutOrientation();
        return wanted ? asStored.transformed(picture.upright()) : asStored;
    }

    @Override
    public Optional<DctPlan> plan(DctPlan plan) {
        DctPlan asStored = plan.withoutOrientation();
        return Optional.of(wanted ? asStored.transformed(plan.upright()) : asStored);
    }
}
