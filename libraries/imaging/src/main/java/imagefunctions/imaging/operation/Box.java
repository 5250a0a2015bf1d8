package imagefunctions.imaging.operation;

import imagefunctions.imaging.error.BadParameterException;
import java.util.OptionalInt;

/**
 * A bounding box in pixels; a side that is absent is unbounded.
 *
 * @param width 1 to 65535
 * @param height 1 to 65535
 */
public record Box(OptionalInt width, OptionalInt height) {

    public static final Allowed.Range ALLOWED = new Allowed.Range(1, 65_535);

    public Box {
        check("width", width);
        check("height", height);
    }

    public static Box square(int side) {
        check("size", OptionalInt.of(side));
        return new Box(OptionalInt.of(side), OptionalInt.of(side));
    }

    public boolean unbounded() {
        return width.isEmpty() && height.isEmpty();
    }

    private static void check(String name, OptionalInt side) {
        if (side.isPresent() && !ALLOWED.has(side.getAsInt())) {
            throw BadParameterException.value(name, String.valueOf(side.getAsInt()), ALLOWED);
        }
    }
}
