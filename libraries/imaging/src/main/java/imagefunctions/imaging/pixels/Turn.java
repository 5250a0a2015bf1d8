package imagefunctions.imaging.pixels;

import imagefunctions.imaging.error.BadParameterException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The seven ways to turn or mirror a picture, by Pillow's names; angles are counter-clockwise. */
public enum Turn {
    ROTATE_180(false, true, true),
    ROTATE_90(true, true, false),
    ROTATE_270(true, false, true),
    FLIP_LEFT_RIGHT(false, true, false),
    FLIP_TOP_BOTTOM(false, false, true),
    TRANSPOSE(true, false, false),
    TRANSVERSE(true, true, true);

    public static final String ALLOWED =
            Arrays.stream(values()).map(Turn::title).collect(Collectors.joining(", "));

    // Exif 2.32, 4.6.4, tag 274: what must be done to a picture with orientation 2 to 8 to see it upright.
    private static final List<Turn> BY_ORIENTATION =
            List.of(FLIP_LEFT_RIGHT, ROTATE_180, FLIP_TOP_BOTTOM, TRANSPOSE, ROTATE_270, TRANSVERSE, ROTATE_90);

    private final boolean swapsSides;
    private final boolean mirrorsX;
    private final boolean mirrorsY;

    Turn(boolean swapsSides, boolean mirrorsX, boolean mirrorsY) {
        this.swapsSides = swapsSides;
        this.mirrorsX = mirrorsX;
        this.mirrorsY = mirrorsY;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Turn named(String title) {
        return Arrays.stream(values())
                .filter(turn -> turn.title().equals(title))
                .findFirst()
                .orElseThrow(() -> BadParameterException.value("method", title, ALLOWED));
    }

    /** The turn that sets a picture with this EXIF orientation (1 to 8) upright; none for 1. */
    public static Optional<Turn> upright(int orientation) {
        return orientation == 1 ? Optional.empty() : Optional.of(BY_ORIENTATION.get(orientation - 2));
    }

    /** Whether rows become columns. */
    public boolean swapsSides() {
        return swapsSides;
    }

    public Picture apply(Picture picture) {
        int width = picture.width();
        int height = picture.height();
        int bands = picture.bands();
        byte[] from = picture.samples();
        Picture turned = picture.blank(swapsSides ? height : width, swapsSides ? width : height, bands);
        byte[] to = turned.samples();

        int stepX = bands * (mirrorsX ? -1 : 1);
        int stepY = bands * width * (mirrorsY ? -1 : 1);
        int start = (mirrorsX ? bands * (width - 1) : 0) + (mirrorsY ? bands * width * (height - 1) : 0);
        int alongRow = swapsSides ? stepY : stepX;
        int alongColumn = swapsSides ? stepX : stepY;
        int target = 0;
        for (int y = 0; y < turned.height(); y++) {
            int source = start + y * alongColumn;
            for (int x = 0; x < turned.width(); x++, source += alongRow) {
                for (int band = 0; band < bands; band++) {
                    to[target++] = from[source + band];
                }
            }
        }
        return swapsSides ? turned.withCoding(picture.coding().transposed()) : turned;
    }
}
