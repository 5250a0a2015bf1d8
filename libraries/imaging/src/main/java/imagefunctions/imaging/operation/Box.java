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

    static final int MAX = 65_535;
    public static final String ALLOWED = "a whole number from 1 to " + MAX;

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
        if (side.isPresent() && (side.getAsInt() < 1 || side.getAsInt() > MAX)) {
            throw BadParameterException.value(name, String.valueOf(side.getAsInt()), ALLOWED);
        }
    }
}
