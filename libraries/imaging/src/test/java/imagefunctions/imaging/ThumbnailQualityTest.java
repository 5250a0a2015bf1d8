package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThumbnailQualityTest {

    private static final double SIMILARITY = 0.98;
    private static final double WORSE_THAN_PILLOW = 0.005;
    private static final double SAME_BRIGHTNESS = 0.5;

    /**
     * Boxes for which N/8 of the picture is just enough to start from, or would be if the gap were 1.86. The similarity given is that of
     * Pillow 9.4's {@code thumbnail}, also at quality 97, to its own Lanczos resize of the whole picture.
     */
    @ParameterizedTest
    @CsvSource({
        "seeding.jpg, 128, 0.9941",
        "seeding.jpg, 126, 0.9941",
        "seeding.jpg, 165, 0.9946",
        "seeding.jpg, 330, 0.9955",
        "seeding.jpg, 1024, 0.9937",
        "mountains.jpg, 137, 0.9917",
        "mountains.jpg, 275, 0.9912",
        "mountains.jpg, 413, 0.9915",
        "mountains.jpg, 106, 0.9928",
        "mountains.jpg, 212, 0.9919",
        "mountains.jpg, 422, 0.9914",
        "map.jpg, 222, 0.9906",
        "map.jpg, 444, 0.9925",
        "portrait.jpg, 118, 0.9936",
        "brushes.jpg, 90, 0.9942"
    })
    void thumbnailsAreAsGoodAsIfTheWholePictureHadBeenRead(String name, String box, double pillows) {
        byte[] photo = Fixtures.photo(name);
        BufferedImage thumbnail = Photos.read(
                Photos.run(Recipe.THUMBNAIL, photo, "width=" + box, "height=" + box, "quality=97", "autorotate=false"));
        BufferedImage whole = SlowLanczos.resize(Photos.read(photo), thumbnail.getWidth(), thumbnail.getHeight());
        assertThat(Difference.structuralSimilarity(thumbnail, whole))
                .isGreaterThanOrEqualTo(SIMILARITY)
                .isGreaterThanOrEqualTo(pillows - WORSE_THAN_PILLOW);
    }

    /** The similarity given is again that of Pillow 9.4's {@code thumbnail} of the same file. */
    @ParameterizedTest
    @CsvSource({
        "TEXT, 128, 0.9716",
        "TEXT, 256, 0.9923",
        "TEXT, 400, 0.9945",
        "LARGE_TEXT, 128, 0.9944",
        "LARGE_TEXT, 256, 0.9938",
        "LARGE_TEXT, 400, 0.9956",
        "HATCHING, 128, 0.9961",
        "HATCHING, 256, 0.9934",
        "HATCHING, 400, 0.9827",
        "CROSS_HATCHING, 128, 0.9685",
        "CROSS_HATCHING, 256, 0.9091",
        "CROSS_HATCHING, 400, 0.9809",
        "NOISE, 128, 0.9756",
        "NOISE, 256, 0.9851",
        "NOISE, 400, 0.9822"
    })
    void textAndLineArtKeepTheirBrightnessAndTheirShape(LineArt art, int width, double pillows) {
        byte[] file = art.jpeg(95);
        BufferedImage thumbnail = Photos.read(Photos.run(Recipe.THUMBNAIL, file, "width=" + width, "quality=97"));
        BufferedImage whole = SlowLanczos.resize(Photos.read(file), thumbnail.getWidth(), thumbnail.getHeight());
        assertThat(Difference.brightness(thumbnail))
                .isCloseTo(Difference.brightness(whole), Offset.offset(SAME_BRIGHTNESS));
        assertThat(Difference.structuralSimilarity(thumbnail, whole)).isGreaterThanOrEqualTo(pillows);
    }

    /** All fixtures that the JDK can decode. */
    static List<String> fixtures() {
        return Fixtures.readable().stream()
                .filter(name -> name.endsWith(".jpg"))
                .filter(name -> !List.of("cmyk-adobe.jpg", "cmyk-plain.jpg", "ycck-adobe.jpg", "fill-bytes.jpg")
                        .contains(name))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void thumbnailsOfAllFixturesAreAsGoodAsPillows(String name) {
        byte[] file = Fixtures.file(name);
        BufferedImage thumbnail = Photos.read(Photos.run(Recipe.THUMBNAIL, file, "quality=100", "autorotate=false"));
        BufferedImage pillows = Photos.read(Fixtures.reference(name + ".thumbnail.png"));
        BufferedImage whole = SlowLanczos.resize(Photos.read(file), pillows.getWidth(), pillows.getHeight());
        // The one-pixel stripes of tables-16-bit.jpg come out greyer from the bicubic filter than from Lanczos.
        assertThat(Difference.structuralSimilarity(thumbnail, whole))
                .isGreaterThanOrEqualTo(name.equals("tables-16-bit.jpg") ? 0.975 : SIMILARITY)
                .isGreaterThanOrEqualTo(Difference.structuralSimilarity(pillows, whole) - WORSE_THAN_PILLOW);
    }
}
