package imagefunctions.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.Support;
import imagefunctions.jpeg.reference.Corpus;
import imagefunctions.jpeg.reference.Djpeg;
import imagefunctions.jpeg.samples.PixelRows;
import imagefunctions.jpeg.samples.Plane;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Samples are those of libjpeg's {@code djpeg -dct int}, to the bit. */
@EnabledIf(
        value = "imagefunctions.jpeg.reference.Djpeg#installed",
        disabledReason = "No JPEG is compared with libjpeg's djpeg: apt-get install libjpeg-turbo-progs")
class LibjpegTest {
    private final JpegEngine engine = new JpegEngine();

    static Stream<String> pictures() {
        return Corpus.decodable();
    }

    /** Those that are edited in the DCT domain; libjpeg enlarges luma that is subsampled. */
    static Stream<String> drafted() {
        return Corpus.decodable().filter(name -> {
            JpegFile file = Corpus.file(name);
            return file.support() instanceof Support.Supported && file.frame().wholeLuma();
        });
    }

    @ParameterizedTest
    @MethodSource("drafted")
    void greyAtEveryScaleIsLibjpegs(String name) {
        JpegFile file = Corpus.file(name);
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
