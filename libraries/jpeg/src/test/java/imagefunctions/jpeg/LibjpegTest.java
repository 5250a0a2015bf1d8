package imagefunctions.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.Support;
import imagefunctions.jpeg.reference.Corpus;
import imagefunctions.jpeg.reference.Djpeg;
import imagefunctions.jpeg.samples.PixelRows;
import imagefunctions.jpeg.samples.Plane;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Samples are those of libjpeg's {@code djpeg -dct int}, to the bit. */
class LibjpegTest {
    private final JpegEngine engine = new JpegEngine();

    @BeforeAll
    static void needsDjpeg() {
        assumeTrue(Djpeg.installed(), "djpeg is not installed, which libjpeg-turbo-progs would bring");
    }

    static Stream<String> pictures() {
        return Corpus.decodable();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void greyAtEveryScaleIsLibjpegs(String name) {
        JpegFile file = Corpus.file(name);
        assumeTrue(file.support() instanceof Support.Supported, "it is not edited in the DCT domain");
        assumeTrue(file.frame().wholeLuma(), "libjpeg enlarges luma that is subsampled");
        for (int denominator : List.of(1, 2, 4, 8)) {
            Plane plane = engine.planes(file, denominator, true).getFirst();
            byte[] rows = new byte[plane.width() * plane.height()];
            for (int y = 0; y < plane.height(); y++) {
                System.arraycopy(plane.samples(), y * plane.stride(), rows, y * plane.width(), plane.width());
            }
            assertThat(rows)
                    .as("1/%d", denominator)
                    .isEqualTo(Djpeg.pixels(file.bytes(), "-grayscale", "-scale", "1/" + denominator));
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void componentsOfAnySamplingAreEnlargedAsLibjpegDoes(String name) {
        // With this Adobe segment, libjpeg takes the components for RGB and gives them as they are.
        JpegFile file = JpegFile.parse(Djpeg.asRgb(Corpus.bytes(name + ".jpg")));
        PixelRows rows = engine.pixels(file);
        byte[] pixels = new byte[rows.width() * rows.height() * rows.components()];
        int[][] row = rows.row();
        int at = 0;
        for (int y = 0; y < rows.height(); y++) {
            rows.read(y, row);
            for (int x = 0; x < rows.width(); x++) {
                for (int[] component : row) {
                    pixels[at++] = (byte) component[x];
                }
            }
        }
        assertThat(pixels).isEqualTo(Djpeg.pixels(file.bytes()));
    }
}
