package imagefunctions.imaging;

import imagefunctions.jpeg.JpegEngine;
import imagefunctions.jpeg.samples.Plane;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;

/** Pictures of sharp black on white, which a JPEG's coefficients overshoot. */
enum LineArt {
    /** Lines of letters, each of 5 x 7 dots. */
    TEXT((x, y) -> letter(x, y, 1)),
    /** The same, three times as large. */
    LARGE_TEXT((x, y) -> letter(x, y, 3)),
    /** Lines of two pixels, eight apart. */
    HATCHING((x, y) -> (x + y) % 8 < 2 ? 0 : 255),
    CROSS_HATCHING((x, y) -> (x + 2 * y) % 11 < 2 || (2 * x - y + 9999) % 13 < 2 ? 0 : 255),
    NOISE((x, y) -> dot(x, y) < 128 ? 0 : 255);

    static final int WIDTH = 1000;
    static final int HEIGHT = 700;
    private static final int[] DOTS = new Random(1).ints(1 << 20, 0, 256).toArray();

    @SuppressWarnings("ImmutableEnumChecker") // functions of their arguments alone
    private final IntBinaryOperator picture;

    LineArt(IntBinaryOperator picture) {
        this.picture = picture;
    }

    private static int dot(int x, int y) {
        return DOTS[y * WIDTH + x];
    }

    /** A white page with a margin, lines of letters, and gaps between words. */
    private static int letter(int x, int y, int size) {
        int column = x / size % 6;
        int row = y / size % 12;
        int glyph = dot(x / size / 6, y / size / 12);
        boolean inside = x > 40 && y > 40 && x < WIDTH - 40 && y < HEIGHT - 40;
        boolean ink = inside && column < 5 && row < 7 && glyph > 50;
        return ink && dot(column + 5 * row, glyph) < 100 ? 0 : 255;
    }

    /** The picture as a colour JPEG. */
    byte[] jpeg(int quality) {
        byte[] luma = new byte[WIDTH * HEIGHT];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = (byte) picture.applyAsInt(i % WIDTH, i / WIDTH);
        }
        byte[] grey = new byte[WIDTH * HEIGHT / 4];
        Arrays.fill(grey, (byte) 128);
        Plane chroma = Plane.of(grey, WIDTH / 2, HEIGHT / 2);
        return new JpegEngine().encode(List.of(Plane.of(luma, WIDTH, HEIGHT), chroma, chroma), quality, false);
    }
}
