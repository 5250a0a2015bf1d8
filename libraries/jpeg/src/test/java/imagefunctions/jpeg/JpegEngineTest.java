package imagefunctions.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.JpegException;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.ScanReader;
import imagefunctions.jpeg.format.StandardTables;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.format.UnsupportedJpegException;
import imagefunctions.jpeg.reference.Coefficients;
import imagefunctions.jpeg.reference.Corpus;
import imagefunctions.jpeg.reference.Pixels;
import imagefunctions.jpeg.samples.Plane;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JpegEngineTest {
    private final JpegEngine engine = new JpegEngine();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aligned-420",
                "odd-420",
                "odd-422",
                "odd-444-optimised",
                "grey",
                "restart-420",
                "scans-420",
                "odd-420-progressive",
                "quality-100",
                "wide-steps",
                "unlike-sampling"
            })
    void lumaAtAnEighthIsLibjpegsToTheBit(String name) {
        Plane plane = engine.planes(Corpus.file(name), 8, true).getFirst();
        byte[] pgm = Corpus.bytes("eighth/" + name + ".pgm");
        byte[] expected = Arrays.copyOfRange(pgm, pgm.length - plane.width() * plane.height(), pgm.length);
        assertThat(new String(pgm, StandardCharsets.ISO_8859_1))
                .startsWith("P5\n" + plane.width() + " " + plane.height());
        assertThat(rows(plane)).isEqualTo(expected);
    }

    private static byte[] rows(Plane plane) {
        byte[] rows = new byte[plane.width() * plane.height()];
        for (int y = 0; y < plane.height(); y++) {
            System.arraycopy(plane.samples(), y * plane.stride(), rows, y * plane.width(), plane.width());
        }
        return rows;
    }

    @ParameterizedTest
    @FieldSource("imagefunctions.jpeg.reference.Corpus#SEQUENTIAL")
    void greyedPicturesAreTheSourcesLumaWithoutLoss(String name) {
        byte[] source = Corpus.bytes(name + ".jpg");
        byte[] grey = engine.edit(JpegFile.parse(source), JpegEdit.NONE.greyed());
        assertThat(Coefficients.slow(grey)[0]).isDeepEqualTo(Coefficients.slow(source)[0]);
        assertThat(Pixels.luma(grey)).isEqualTo(Pixels.luma(source));
    }

    @ParameterizedTest
    @FieldSource("imagefunctions.jpeg.reference.Corpus#BOTH")
    void progressivePicturesBecomeWhatTheirSequentialSourcesBecome(String name) {
        for (Transform transform : Transform.values()) {
            JpegEdit edit = JpegEdit.NONE.transformed(transform);
            // At a low quality, of sequential files alone, small coefficients are not decoded.
            for (JpegEdit each : List.of(edit.withOptimisedTables(), edit.withQuality(60), edit.withQuality(5))) {
                assertThat(engine.edit(Corpus.file(name + "-progressive"), each))
                        .isEqualTo(engine.edit(Corpus.file(name), each));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("imagefunctions.jpeg.reference.Corpus#LUMA_BELOW_CHROMA")
    void lumaBelowChromaIsEnlargedForAGreyPicture(String name) {
        BufferedImage source = Pixels.decode(Corpus.bytes(name + ".jpg"));
        for (Transform transform : List.of(Transform.NONE, Transform.ROTATE_270_CW)) {
            JpegEdit edit = JpegEdit.NONE.transformed(transform).greyed();
            BufferedImage grey = Pixels.decode(engine.edit(Corpus.file(name), edit));
            assertThat(grey.getRaster().getNumBands()).isEqualTo(1);
            assertThat(Pixels.psnr(grey, Pixels.grey(Pixels.transformed(source, transform))))
                    .isGreaterThan(28);
        }
        BufferedImage small = Pixels.decode(
                engine.edit(Corpus.file(name), JpegEdit.NONE.greyed().reduced(2)));
        assertThat(small.getWidth()).isEqualTo(51);
        assertThat(small.getHeight()).isEqualTo(34);
    }

    static Stream<Arguments> transformedByJpegtran() {
        return Stream.of("aligned-420", "aligned-422", "grey-aligned").flatMap(name -> Arrays.stream(Transform.values())
                .filter(transform -> transform != Transform.NONE)
                .map(transform -> Arguments.of(name, transform)));
    }

    @ParameterizedTest
    @MethodSource("transformedByJpegtran")
    void alignedPicturesAreTransformedAsJpegtranTransformsThem(String name, Transform transform) {
        byte[] transformed = engine.edit(Corpus.file(name), JpegEdit.NONE.transformed(transform));
        byte[] expected = Corpus.bytes("transformed/" + name + "." + transform + ".jpg");
        assertThat(Coefficients.slow(transformed)).isDeepEqualTo(Coefficients.slow(expected));
        for (int c = 0; c < Coefficients.slow(transformed).length; c++) {
            assertThat(scans(transformed).quantisation(c))
                    .isEqualTo(scans(expected).quantisation(c));
        }
    }

    private static ScanReader scans(byte[] bytes) {
        return JpegFile.parse(bytes).scans();
    }

    @ParameterizedTest
    @EnumSource(Transform.class)
    void picturesOfAnySizeAreTransformedWithoutMovingThem(Transform transform) {
        for (String name : List.of(
                "odd-420",
                "odd-422",
                "odd-444-optimised",
                "luma-aligned-420",
                "grey",
                "restart-row-422",
                "grey-4x4",
                "luma-below-chroma")) {
            BufferedImage source = Pixels.decode(Corpus.bytes(name + ".jpg"));
            byte[] transformed = engine.edit(Corpus.file(name), JpegEdit.NONE.transformed(transform));
            BufferedImage expected = Pixels.transformed(source, transform);
            double psnr = Pixels.psnr(Pixels.decode(transformed), expected);
            assertThat(psnr).as(name).isGreaterThan(29);
            assertThat(psnr - Pixels.psnr(moved(Pixels.decode(transformed), 1, 0), moved(expected, 0, 0)))
                    .as("%s, moved across", name)
                    .isGreaterThan(3);
            assertThat(psnr - Pixels.psnr(moved(Pixels.decode(transformed), 0, 1), moved(expected, 0, 0)))
                    .as("%s, moved down", name)
                    .isGreaterThan(3);
        }
    }

    private static BufferedImage moved(BufferedImage image, int x, int y) {
        return image.getSubimage(x, y, image.getWidth() - 1, image.getHeight() - 1);
    }

    @ParameterizedTest
    @FieldSource("imagefunctions.jpeg.reference.Corpus#SEQUENTIAL")
    void transformingThereAndBackGivesThePictureBack(String name) {
        BufferedImage source = Pixels.decode(Corpus.bytes(name + ".jpg"));
        byte[] once = engine.edit(Corpus.file(name), JpegEdit.NONE.transformed(Transform.ROTATE_270_CW));
        byte[] back = engine.edit(JpegFile.parse(once), JpegEdit.NONE.transformed(Transform.ROTATE_90_CW));
        assertThat(Pixels.psnr(Pixels.decode(back), source)).isGreaterThan(27);
    }

    @ParameterizedTest
    @CsvSource({
        "aligned-420, 95, 34",
        "odd-422, 75, 30",
        "quality-100, 90, 30",
        "odd-420-progressive, 80, 30",
        "odd-444-optimised, 90, 27",
        "aligned-411, 90, 30",
        "aligned-422, 90, 39",
        "aligned-440, 90, 35",
        "aligned-444, 90, 35",
        "luma-below-chroma, 90, 24"
    })
    void aQualityRequantisesAsThatQualityDoes(String name, int quality, double least) {
        byte[] requantised = engine.edit(Corpus.file(name), JpegEdit.NONE.withQuality(quality));
        assertThat(scans(requantised).quantisation(0)).isEqualTo(StandardTables.steps(true, quality));
        assertThat(JpegFile.parse(requantised).frame().components())
                .extracting(Component::horizontal, Component::vertical)
                .containsExactly(tuple(2, 2), tuple(1, 1), tuple(1, 1));
        BufferedImage source = Pixels.decode(Corpus.bytes(name + ".jpg"));
        assertThat(Pixels.psnr(Pixels.decode(requantised), source)).isGreaterThan(least);
    }

    @ParameterizedTest
    @CsvSource({
        "odd-420, 50, 33",
        "odd-444-optimised, 64, 42",
        "aligned-411, 40, 28",
        "grey, 10, 7",
        "odd-420, 150, 99",
        "luma-below-chroma, 40, 27",
        "mixed-sampling, 50, 33",
        "chroma-4x1, 40, 27",
        "odd-410, 50, 33"
    })
    void picturesAreResizedToTheSizeAskedFor(String name, int width, int height) {
        byte[] small = engine.edit(
                Corpus.file(name), JpegEdit.NONE.resized(width, height).withQuality(95));
        BufferedImage source = Pixels.decode(Corpus.bytes(name + ".jpg"));
        BufferedImage expected = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = expected.createGraphics();
        graphics.drawImage(source.getScaledInstance(width, height, java.awt.Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        assertThat(Pixels.psnr(Pixels.decode(small), expected)).isGreaterThan(24);
    }

    @Test
    void severalStepsAreOnePass() {
        JpegEdit edit =
                JpegEdit.NONE.transformed(Transform.ROTATE_270_CW).greyed().resized(30, 45);
        BufferedImage picture = Pixels.decode(engine.edit(Corpus.file("odd-420"), edit));
        assertThat(picture.getWidth()).isEqualTo(30);
        assertThat(picture.getHeight()).isEqualTo(45);
        assertThat(picture.getRaster().getNumBands()).isEqualTo(1);
        byte[] apart = engine.edit(
                Corpus.file("odd-420"), JpegEdit.NONE.greyed().resized(45, 30).withQuality(100));
        apart = engine.edit(JpegFile.parse(apart), JpegEdit.NONE.transformed(Transform.ROTATE_270_CW));
        assertThat(Pixels.psnr(picture, Pixels.decode(apart))).isGreaterThan(30);
    }

    @Test
    void transformsFollowEachOtherLikeTheirPixels() {
        BufferedImage source = Pixels.decode(Corpus.bytes("odd-420.jpg"));
        for (Transform first : Transform.values()) {
            for (Transform second : Transform.values()) {
                BufferedImage apart = Pixels.transformed(Pixels.transformed(source, first), second);
                BufferedImage together = Pixels.transformed(source, first.then(second));
                assertThat(Pixels.psnr(together, apart))
                        .as(first + " " + second)
                        .isInfinite();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("imagefunctions.jpeg.reference.Corpus#SEQUENTIAL")
    void optimisedTablesSaveBytesAndChangeNoCoefficient(String name) {
        byte[] usual = engine.edit(Corpus.file(name), JpegEdit.NONE.transformed(Transform.TRANSPOSE));
        byte[] own = engine.edit(
                Corpus.file(name),
                JpegEdit.NONE.transformed(Transform.TRANSPOSE).withOptimisedTables());
        assertThat(Coefficients.slow(own)).isDeepEqualTo(Coefficients.slow(usual));
        assertThat(own.length).isLessThan(usual.length);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "17, 9, 1", "16, 16, 2", "33, 31, 2", "64, 8, 1"})
    void planesAreEncodedSoThatLibjpegReadsThemBack(int width, int height, int factor) {
        int half = factor == 2 ? 1 : 0;
        Plane chroma = ramp((width + half) / factor, (height + half) / factor, 3);
        byte[] jpeg = engine.encode(List.of(ramp(width, height, 1), chroma, chroma), 98, false);
        int[] luma = Pixels.luma(jpeg);
        for (int i = 0; i < luma.length; i++) {
            assertThat(luma[i])
                    .isCloseTo(ramp(width, height, 1).samples()[i] & 0xFF, org.assertj.core.data.Offset.offset(6));
        }
        assertThat(engine.planes(JpegFile.parse(jpeg), 1, false)).hasSize(3);
    }

    private static Plane ramp(int width, int height, int step) {
        byte[] samples = new byte[width * height];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (40 + step * (i % width + i / width));
        }
        return Plane.of(samples, width, height);
    }

    @ParameterizedTest
    @FieldSource("imagefunctions.jpeg.reference.Corpus#BOTH")
    void anIndexedPictureBecomesWhatItDoesAlone(String name) {
        for (String coded : List.of(name, name + "-progressive")) {
            JpegFile file = Corpus.file(coded);
            List<JpegEdit> edits = List.of(
                    JpegEdit.NONE.resized(9, 7),
                    JpegEdit.NONE.resized(file.width() / 2, file.height() / 2),
                    JpegEdit.NONE.transformed(Transform.ROTATE_90_CW).greyed().resized(7, 9),
                    JpegEdit.NONE.greyed().reduced(2).withQuality(60),
                    JpegEdit.NONE.transformed(Transform.ROTATE_180));
            for (int expected : List.of(1, edits.size())) {
                IndexedJpeg indexed = new IndexedJpeg(file, expected);
                for (JpegEdit edit : edits) {
                    assertThat(engine.edit(indexed, edit)).isEqualTo(engine.edit(file, edit));
                }
                assertThat(indexed.blocks(false, false)).isSameAs(indexed.blocks(false, false));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("imagefunctions.jpeg.reference.Corpus#BOTH")
    void aDamagedPictureIsRefusedWhereverItIsDamagedAndHoweverItIsRead(String name) {
        byte[] whole = Corpus.file(name).bytes();
        for (int eighth = 3; eighth < 8; eighth++) {
            byte[] cut = Arrays.copyOf(whole, whole.length * eighth / 8);
            byte[] wrong = whole.clone();
            Arrays.fill(wrong, cut.length, cut.length + 3, (byte) 0xFF);
            byte[] longer = new byte[whole.length + 24];
            System.arraycopy(whole, 0, longer, 0, cut.length);
            System.arraycopy(whole, cut.length - 24, longer, cut.length, longer.length - cut.length);
            for (byte[] damaged : List.of(cut, wrong, longer)) {
                for (JpegEdit edit : List.of(
                        JpegEdit.NONE.resized(9, 7), JpegEdit.NONE.greyed().resized(5, 5))) {
                    JpegFile file = JpegFile.parse(damaged);
                    Class<?> alone = failure(() -> engine.edit(file, edit));
                    for (int expected : List.of(1, 20)) {
                        IndexedJpeg indexed = new IndexedJpeg(file, expected);
                        assertThat(failure(() -> engine.edit(indexed, edit))).isEqualTo(alone);
                    }
                }
            }
        }
    }

    private static Class<?> failure(Supplier<byte[]> edit) {
        try {
            return edit.get().getClass();
        } catch (JpegException e) {
            return e.getClass();
        }
    }

    @Test
    void aSequentialPictureIsIndexedOnceWhateverItsEditsNeed() {
        IndexedJpeg indexed = new IndexedJpeg(Corpus.file("odd-420"), 1);

        assertThat(indexed.blocks(false, true)).isSameAs(indexed.blocks(false, false));
    }

    @Test
    void aPictureThatItDoesNotTakeIsRefusedWithTheReason() {
        JpegFile cmyk = JpegFile.parse(Corpus.bytes("cmyk.jpg"));
        assertThatThrownBy(() -> engine.edit(cmyk, JpegEdit.NONE))
                .isInstanceOf(UnsupportedJpegException.class)
                .hasMessage("The file has 4 components.");
    }
}
