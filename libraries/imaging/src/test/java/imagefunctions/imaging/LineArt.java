package imagefunctions.imaging;

import imagefunctions.jpeg.JpegEngine;
import imagefunctions.jpeg.samples.Plane;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;

/** Pictures of sharp lines and letters, most of them black on white, which a JPEG's coefficients overshoot. */
enum LineArt {
    /** Lines of letters, each of 5 x 7 dots. */
    TEXT((x, y) -> letter(x, y, 1)),
    /** The same, three times as large. */
    LARGE_TEXT((x, y) -> letter(x, y, 3)),
    /** Letters of 3 x 5 dots, close to each other. */
    FINE_PRINT(
            (x, y) -> ink(inside(x, y) && x % 4 < 3 && y % 7 < 5 && dot(x % 4 + 3 * (y % 7), dot(x / 4, y / 7)) < 110)),
    WHITE_ON_BLACK((x, y) -> 255 - letter(x, y, 2)),
    /** Lines of two pixels, eight apart. */
    HATCHING((x, y) -> ink((x + y) % 8 < 2)),
    CROSS_HATCHING((x, y) -> ink((x + 2 * y) % 11 < 2 || (2 * x - y + 9999) % 13 < 2)),
    /** Lines of a pixel at 48 angles, from the middle of the lower edge. */
    THIN_LINES((x, y) -> ink(fromRay(x, y) < 0.7)),
    /** Lines of a pixel, ten apart. */
    GRID((x, y) -> ink(x % 10 == 0 || y % 10 == 0)),
    CHECKER((x, y) -> ink((x / 4 + y / 4) % 2 == 0)),
    /** Dots six apart, that grow from left to right until they touch. */
    HALFTONE((x, y) -> ink(Math.hypot(x % 6 - 2.5, y % 6 - 2.5) < x * 0.0036)),
    NOISE((x, y) -> ink(dot(x, y) < 128)),
    /** Areas of flat colours with black outlines. */
    DRAWING(
            (x, y) -> outlined(x, y) ? 0 : sector(x, y) * 53 % 200 + 40,
            (x, y) -> outlined(x, y) ? 128 : sector(x, y) * 31 % 120 + 68,
            (x, y) -> outlined(x, y) ? 128 : sector(x, y) * 71 % 120 + 68);

    static final int WIDTH = 1000;
    static final int HEIGHT = 700;
    private static final int[] DOTS = new Random(1).ints(1 << 20, 0, 256).toArray();
    private static final int RINGS = 40;
    private static final int SECTORS = 7;

    @SuppressWarnings("ImmutableEnumChecker") // functions of their arguments alone
    private final IntBinaryOperator luma;

    @SuppressWarnings("ImmutableEnumChecker")
    private final IntBinaryOperator blueDifference;

    @SuppressWarnings("ImmutableEnumChecker")
    private final IntBinaryOperator redDifference;

    LineArt(IntBinaryOperator grey) {
        this(grey, (x, y) -> 128, (x, y) -> 128);
    }

    LineArt(IntBinaryOperator luma, IntBinaryOperator blueDifference, IntBinaryOperator redDifference) {
        this.luma = luma;
        this.blueDifference = blueDifference;
        this.redDifference = redDifference;
    }

    private static int ink(boolean black) {
        return black ? 0 : 255;
    }

    private static int dot(int x, int y) {
        return DOTS[y * WIDTH + x];
    }

    private static boolean inside(int x, int y) {
        return x > 40 && y > 40 && x < WIDTH - 40 && y < HEIGHT - 40;
    }

    /** A white page with a margin, lines of letters, and gaps between words. */
    private static int letter(int x, int y, int size) {
        int column = x / size % 6;
        int row = y / size % 12;
        int glyph = dot(x / size / 6, y / size / 12);
        boolean inked = inside(x, y) && column < 5 && row < 7 && glyph > 50;
        return ink(inked && dot(column + 5 * row, glyph) < 100);
    }

    /** How far a place is from the nearest of the rays that begin just below the picture. */
    private static double fromRay(int x, int y) {
        double step = Math.PI / 48;
        double across = x - WIDTH / 2.0;
        double up = HEIGHT + 20.0 - y;
        double angle = Math.atan2(up, across);
        return Math.hypot(up, across) * Math.abs(Math.sin(angle - step * Math.round(angle / step)));
    }

    private static double fromCentre(int x, int y) {
        return Math.hypot(x - WIDTH / 2.0, y - HEIGHT / 2.0);
    }

    private static double turn(int x, int y) {
        return Math.atan2(y - HEIGHT / 2.0, x - WIDTH / 2.0) / (2 * Math.PI) + 0.5;
    }

    private static int sector(int x, int y) {
        int ring = (int) (fromCentre(x, y) / RINGS);
        return ring * SECTORS + (int) (turn(x, y) * SECTORS);
    }

    private static boolean outlined(int x, int y) {
        double across = turn(x, y) * SECTORS % 1;
        return fromCentre(x, y) % RINGS < 2 || across * fromCentre(x, y) < 2;
    }

    /** The picture as a colour JPEG, colours at half the size. */
    byte[] jpeg(int quality) {
        return new JpegEngine()
                .encode(List.of(plane(luma, 1), plane(blueDifference, 2), plane(redDifference, 2)), quality, false);
    }

    private static Plane plane(IntBinaryOperator samples, int scale) {
        int width = WIDTH / scale;
        byte[] plane = new byte[width * (HEIGHT / scale)];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (byte) samples.applyAsInt(i % width * scale, i / width * scale);
        }
        return Plane.of(plane, width, HEIGHT / scale);
    }
}
