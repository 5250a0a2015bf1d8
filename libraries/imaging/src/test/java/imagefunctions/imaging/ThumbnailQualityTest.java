package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThumbnailQualityTest {

    private static final double SIMILARITY = 0.98;
    private static final double WORSE_THAN_PILLOW = 0.005;
    private static final double SAME_BRIGHTNESS = 0.5;
    private static final double ROUNDED = 0.001;
    private static final int[] WIDTHS = {128, 256, 400};

    /** For each width how similar Pillow 9.4's {@code thumbnail} is, at quality 97, to a Lanczos resize of the whole picture. */
    private static final String LINE_ART = """
            TEXT 0.9716 0.9923 0.9945
            LARGE_TEXT 0.9944 0.9938 0.9956
            FINE_PRINT 0.9769 0.9848 0.9849
            WHITE_ON_BLACK 0.9926 0.9924 0.9925
            HATCHING 0.9961 0.9934 0.9827
            CROSS_HATCHING 0.9685 0.9091 0.9809
            THIN_LINES 0.9899 0.9949 0.9950
            GRID 0.9030 0.9886 0.9962
            CHECKER 0.9953 0.9930 0.9842
            HALFTONE 0.9960 0.8202 0.9908
            NOISE 0.9756 0.9851 0.9822
            DRAWING 0.9947 0.9901 0.9906""";

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

    static Stream<Arguments> lineArt() {
        return LINE_ART.lines().map(line -> line.split(" +", -1)).flatMap(parts -> IntStream.range(0, WIDTHS.length)
                .mapToObj(i -> Arguments.of(LineArt.valueOf(parts[0]), WIDTHS[i], Double.parseDouble(parts[i + 1]))));
    }

    @ParameterizedTest
    @MethodSource("lineArt")
    void textAndLineArtKeepTheirBrightnessAndTheirShape(LineArt art, int width, double pillows) {
        byte[] file = art.jpeg(95);
        BufferedImage thumbnail = Photos.read(Photos.run(Recipe.THUMBNAIL, file, "width=" + width, "quality=97"));
        BufferedImage whole = SlowLanczos.resize(Photos.read(file), thumbnail.getWidth(), thumbnail.getHeight());
        assertThat(Difference.brightness(thumbnail))
                .isCloseTo(Difference.brightness(whole), Offset.offset(SAME_BRIGHTNESS));
        assertThat(Difference.structuralSimilarity(thumbnail, whole)).isGreaterThanOrEqualTo(pillows);
    }

    @Test
    @EnabledIf(
            value = "imagefunctions.imaging.Pillow#ofTheReferences",
            disabledReason =
                    "The similarities of Pillow's thumbnails are not measured again: this needs python3-pil 9.4")
    void theSimilaritiesThatAreGivenArePillows(@TempDir Path folder) throws IOException {
        for (LineArt art : LineArt.values()) {
            for (int width : WIDTHS) {
                Files.write(folder.resolve(width + "-" + art + ".jpg"), art.jpeg(95));
            }
        }
        Pillow.run(folder, "thumbnails");

        for (Arguments given : lineArt().toList()) {
            String name = given.get()[1] + "-" + given.get()[0];
            BufferedImage pillows = Photos.read(Files.readAllBytes(folder.resolve(name + ".thumbnail.jpg")));
            BufferedImage source = Photos.read(Files.readAllBytes(folder.resolve(name + ".jpg")));
            BufferedImage whole = SlowLanczos.resize(source, pillows.getWidth(), pillows.getHeight());
            assertThat(Difference.structuralSimilarity(pillows, whole))
                    .as(name)
                    .isCloseTo((double) given.get()[2], Offset.offset(ROUNDED));
        }
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
