package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetadataTest {

    static List<Recipe> recipes() {
        return Recipe.all();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void exifXmpAndCommentsAreDropped(Recipe recipe) {
        byte[] file = Photos.jpeg(320, 240);
        file = JpegSegments.with(file, 0xE1, OrientationTest.exif(ByteOrder.BIG_ENDIAN, 1));
        file = JpegSegments.with(file, 0xE1, "http://ns.adobe.com/xap/1.0/\0<x/>".getBytes(StandardCharsets.US_ASCII));
        file = JpegSegments.with(file, 0xFE, "secret".getBytes(StandardCharsets.US_ASCII));
        file = JpegSegments.with(file, 0xED, "Photoshop 3.0\0".getBytes(StandardCharsets.US_ASCII));

        assertThat(JpegSegments.of(Photos.run(recipe, file)).markers()).containsOnly(0xE0, 0xDB, 0xC0, 0xC4, 0xDA);
    }

    @Test
    void aProfileOtherThanSrgbIsCarriedOverToColourResultsOnly() {
        byte[] profile = profile(200_000);
        byte[] file = profiled(profile);

        assertThat(carried(Photos.run(Recipe.THUMBNAIL, file))).isEqualTo(profile);
        assertThat(carried(Photos.run(Recipe.TRANSPOSE, file))).isEqualTo(profile);
        assertThat(carried(Photos.run(Recipe.BW, file))).isEmpty();
        assertThat(carried(Photos.run(Recipe.DRAFT, file))).isEmpty();
    }

    @Test
    void aProfileDoesNotChangeThePixels() {
        byte[] plain = Photos.jpeg(320, 240);
        byte[] file = profiled(profile(5000));

        assertThat(Photos.run(Recipe.BW, file)).isEqualTo(Photos.run(Recipe.BW, plain));
    }

    @Test
    void srgbIsNotWorthCarrying() {
        byte[] srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

        assertThat(carried(Photos.run(Recipe.THUMBNAIL, profiled(srgb)))).isEmpty();
    }

    @Test
    void anInvalidProfileIsDropped() {
        byte[] cut = Arrays.copyOf(profile(5000), 4000);

        assertThat(carried(Photos.run(Recipe.THUMBNAIL, profiled(cut)))).isEmpty();
    }

    /** The header of an RGB profile named Wide, and filler. */
    static byte[] profile(int length) {
        ByteBuffer profile = ByteBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            profile.put(i, (byte) (i * 31 / 8));
        }
        profile.putInt(0, length);
        profile.put(16, "RGB XYZ ".getBytes(StandardCharsets.US_ASCII));
        profile.put(36, "acsp".getBytes(StandardCharsets.US_ASCII));
        profile.putInt(128, 1)
                .put(132, "desc".getBytes(StandardCharsets.US_ASCII))
                .putInt(136, 144)
                .putInt(140, 20);
        profile.put(144, "desc\0\0\0\0\0\0\0\5Wide\0".getBytes(StandardCharsets.US_ASCII));
        return profile.array();
    }

    private static byte[] profiled(byte[] profile) {
        byte[] file = Photos.jpeg(320, 240);
        int segments = Math.ceilDiv(profile.length, 60_000);
        for (int segment = 1; segment <= segments; segment++) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            content.writeBytes("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII));
            content.write(segment);
            content.write(segments);
            content.writeBytes(
                    Arrays.copyOfRange(profile, (segment - 1) * 60_000, Math.min(segment * 60_000, profile.length)));
            // In reverse order, so that a reader has to go by their numbers.
            file = JpegSegments.with(file, 0xE2, content.toByteArray());
        }
        return file;
    }

    static byte[] carried(byte[] file) {
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        for (JpegSegments.Segment segment : JpegSegments.of(file).all(0xE2)) {
            segment.content().stream().skip(14).forEach(profile::write);
        }
        return profile.toByteArray();
    }
}
