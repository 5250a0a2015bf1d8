package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.color.ICC_ProfileGray;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void aProfileOtherThanSrgbIsCarriedOverToColourResults() {
        byte[] profile = profile(200_000);
        byte[] file = profiled(profile);

        assertThat(carried(Photos.run(Recipe.THUMBNAIL, file))).isEqualTo(profile);
        assertThat(carried(Photos.run(Recipe.TRANSPOSE, file))).isEqualTo(profile);
    }

    @Test
    void aProfileDoesNotChangeThePixels() {
        byte[] plain = Photos.jpeg(320, 240);
        byte[] file = profiled(profile(5000));

        assertThat(Photos.run(Recipe.BW, file)).isEqualTo(Photos.run(Recipe.BW, plain));
    }

    @Test
    void srgbIsNotWorthCarryingWhateverItsName() {
        byte[] srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        byte[] renamed = replaced(srgb, "sRGB", "ABCD");

        for (byte[] profile : List.of(srgb, renamed)) {
            for (Recipe recipe : Recipe.all()) {
                assertThat(carried(Photos.run(recipe, profiled(profile)))).isEmpty();
            }
        }
    }

    /** The name of sRGB on a profile with another curve, and on one with another red. */
    @Test
    void nothingIsTakenForSrgbByItsName() {
        byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] wide = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        int red = tag(wide, "rXYZ");
        ByteBuffer.wrap(wide).putInt(red + 8, 0x8000);

        assertThat(carried(Photos.run(Recipe.THUMBNAIL, profiled(replaced(linear, "Linear", "sRGB  ")))))
                .isNotEmpty();
        assertThat(carried(Photos.run(Recipe.THUMBNAIL, profiled(wide)))).isEqualTo(wide);
    }

    @Test
    void aGreyResultCarriesAnotherToneCurveThanSrgbs() {
        byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        for (Recipe recipe : List.of(Recipe.BW, Recipe.DRAFT)) {
            ICC_Profile carried = ICC_Profile.getInstance(carried(Photos.run(recipe, profiled(linear))));

            assertThat(carried).isInstanceOf(ICC_ProfileGray.class);
            assertThat(((ICC_ProfileGray) carried).getGamma()).isEqualTo(1);
            assertThat(carried.getData()).hasSizeLessThan(400);
        }
        byte[] parametric = withCurves(linear, "para", 0x0000_0000, 0x0001_CCCD);
        byte[] grey = carried(Photos.run(Recipe.BW, profiled(parametric)));
        assertThat(new ICC_ColorSpace(ICC_Profile.getInstance(grey)).toCIEXYZ(new float[] {0.5f})[1])
                .isCloseTo((float) Math.pow(0.5, 1.8), within(0.01f));
    }

    /** Samsung's are two bytes off, others are padded; lcms and libvips read them. */
    @ParameterizedTest
    @ValueSource(ints = {-2, 0, 2, 100})
    void aProfileIsKeptWhoseHeaderIsWrongAboutItsLength(int off) {
        byte[] whole = profile(5000);
        ByteBuffer.wrap(whole).putInt(0, whole.length + off);

        byte[] carried = carried(Photos.run(Recipe.THUMBNAIL, profiled(whole)));

        assertThat(ByteBuffer.wrap(carried).getInt(0)).isEqualTo(carried.length);
        assertThat(Arrays.copyOfRange(carried, 4, carried.length))
                .isEqualTo(Arrays.copyOfRange(whole, 4, carried.length));
    }

    @Test
    void aProfileIsDroppedWhoseTagsLieBeyondIt() {
        byte[] cut = Arrays.copyOf(profile(5000), 160);

        assertThat(carried(Photos.run(Recipe.THUMBNAIL, profiled(cut)))).isEmpty();
    }

    private static byte[] replaced(byte[] profile, String name, String other) {
        String text = new String(profile, StandardCharsets.ISO_8859_1);
        return text.replace(name, other).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A curve of one value, and 60 kB behind it. */
    @Test
    void whatStandsBehindACurveIsLeftOut() {
        byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] large = Arrays.copyOf(withCurves(linear, "curv\0\0\0\0", 1, 0x0200 << 16), 1 << 16);
        ByteBuffer bytes = ByteBuffer.wrap(large).putInt(0, large.length);
        for (int entry = 132; entry < 132 + 12 * bytes.getInt(128); entry += 12) {
            if (bytes.get(entry + 1) == 'T' && bytes.get(entry + 2) == 'R') {
                bytes.putInt(entry + 8, large.length - bytes.getInt(entry + 4));
            }
        }

        assertThat(carried(Photos.run(Recipe.BW, profiled(large)))).hasSizeBetween(100, 1000);
    }

    /** Where the element of a tag begins. */
    private static int tag(byte[] profile, String name) {
        ByteBuffer bytes = ByteBuffer.wrap(profile);
        int entry = 132;
        while (bytes.getInt(entry)
                != ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt()) {
            entry += 12;
        }
        return bytes.getInt(entry + 4);
    }

    /** The profile with its curves of one value each replaced by one of another type. */
    private static byte[] withCurves(byte[] profile, String type, int kind, int value) {
        byte[] changed = Arrays.copyOf(profile, profile.length + 16);
        ByteBuffer bytes = ByteBuffer.wrap(changed);
        bytes.putInt(0, changed.length);
        bytes.put(profile.length, type.getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(profile.length + 8, kind).putInt(profile.length + 12, value);
        for (int entry = 132; entry < 132 + 12 * bytes.getInt(128); entry += 12) {
            if (bytes.get(entry + 1) == 'T' && bytes.get(entry + 2) == 'R') {
                bytes.putInt(entry + 4, profile.length).putInt(entry + 8, 16);
            }
        }
        return changed;
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
