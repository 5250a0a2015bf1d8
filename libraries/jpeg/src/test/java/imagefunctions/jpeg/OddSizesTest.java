package imagefunctions.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.samples.Plane;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where chroma samples are whose last one covers more than there is of the picture. */
class OddSizesTest {
    private final JpegEngine engine = new JpegEngine();

    @ParameterizedTest
    @EnumSource(Transform.class)
    void coloursOfOddSizesStayWhereTheyAre(Transform transform) {
        for (int pixels : new int[] {1, 2}) {
            Plane luma = waves(127, 95, 1, Transform.NONE);
            Plane chroma = waves((127 + pixels - 1) / pixels, (95 + pixels - 1) / pixels, pixels, Transform.NONE);
            byte[] source = engine.encode(List.of(luma, chroma, chroma), 95, false);
            for (JpegEdit edit : List.of(JpegEdit.NONE, JpegEdit.NONE.reduced(1))) {
                byte[] result = engine.edit(
                        JpegFile.parse(source), edit.transformed(transform).withQuality(95));
                Plane cb = engine.planes(JpegFile.parse(result), 1, false).get(1);
                assertThat(difference(cb, waves(cb.width(), cb.height(), 2, transform)))
                        .as("%s of chroma with a sample for %d pixels", edit, pixels)
                        .isLessThan(0.8);
            }
        }
    }

    /** Transformed waves of 127 x 95 pixels, with a number of pixels per sample in either direction. */
    private static Plane waves(int width, int height, int pixels, Transform transform) {
        byte[] samples = new byte[width * height];
        for (int i = 0; i < samples.length; i++) {
            double x = (i % width + 0.5) * pixels;
            int row = i / width;
            double y = (row + 0.5) * pixels;
            double across = transform.mirrorsX() ? (transform.transposes() ? 95 : 127) - x : x;
            double down = transform.mirrorsY() ? (transform.transposes() ? 127 : 95) - y : y;
            double wave = transform.transposes() ? wave(down, across) : wave(across, down);
            samples[i] = (byte) Math.round(wave);
        }
        return Plane.of(samples, width, height);
    }

    private static double wave(double x, double y) {
        return 128 + 50 * Math.sin(x / 7) + 30 * Math.cos(y / 6);
    }

    /** The mean difference of all samples but those at the edges. */
    private static double difference(Plane plane, Plane other) {
        double sum = 0;
        for (int y = 1; y < plane.height() - 1; y++) {
            for (int x = 1; x < plane.width() - 1; x++) {
                int a = plane.samples()[y * plane.stride() + x] & 0xFF;
                int b = other.samples()[y * other.stride() + x] & 0xFF;
                sum += Math.abs(a - b);
            }
        }
        return sum / (plane.width() - 2) / (plane.height() - 2);
    }
}
