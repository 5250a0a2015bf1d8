package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import imagefunctions.imaging.codec.Decoder;
import imagefunctions.imaging.codec.ImageFile;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.pixels.Picture;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Printing colours are converted through their profile, in JPEG and in TIFF, and the profile is not handed on. */
class CmykTest {

    /** The inks of a pixel, and what they look like: paper, full cyan, full magenta, full yellow, full black. */
    @ParameterizedTest
    @CsvSource({
        "00 00 00 00, 255, 255, 255",
        "FF 00 00 00, 0, 158, 224",
        "00 FF 00 00, 209, 0, 116",
        "00 00 FF 00, 255, 237, 0",
        "00 00 00 FF, 34, 34, 34"
    })
    void inksLookAsTheirProfileSays(String inks, int red, int green, int blue) {
        byte[] pixel = HexFormat.ofDelimiter(" ").parseHex(inks);
        byte[] tiff = tiff(1, 1, pixel);

        Picture picture = decode(tiff);

        byte[] bgr = picture.samples();
        assertThat(bgr[2] & 0xFF).isCloseTo(red, within(12));
        assertThat(bgr[1] & 0xFF).isCloseTo(green, within(12));
        assertThat(bgr[0] & 0xFF).isCloseTo(blue, within(12));
        assertThat(MetadataTest.carried(Photos.run(Recipe.THUMBNAIL, tiff))).isEmpty();
    }

    @Test
    void aJpegOfInksIsConvertedThroughItsProfileToo() {
        byte[] plain = Fixtures.file("cmyk-plain.jpg");
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.writeBytes("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1));
        segment.writeBytes(profile());
        byte[] profiled = JpegSegments.with(plain, 0xE2, segment.toByteArray());

        byte[] through = decode(profiled).samples();
        byte[] byInk = decode(plain).samples();

        assertThat(through).isNotEqualTo(byInk);
        assertThat(MetadataTest.carried(Photos.run(Recipe.TRANSPOSE, profiled))).isEmpty();
    }

    @Test
    void aBrokenProfileStopsNoPicture() {
        byte[] broken = profile();
        // The look-up table claims to take 15 inks.
        broken[144 + 8] = 15;
        byte[] tiff = new PlainTiff(ByteOrder.BIG_ENDIAN, 1, 1, 4, 8, 5, new byte[4])
                .with(34675, shorts(broken))
                .file();

        assertThat(decode(tiff).samples()).containsOnly(-1);
    }

    /** Of this width and height, with four inks a pixel and a profile. */
    static byte[] tiff(int width, int height, byte[] inks) {
        return new PlainTiff(ByteOrder.BIG_ENDIAN, width, height, 4, 8, 5, inks)
                .with(34675, shorts(profile()))
                .file();
    }

    private static Picture decode(byte[] file) {
        return Decoder.decode(ImageFile.of(file), new PixelLimit(PixelLimit.DEFAULT));
    }

    private static int[] shorts(byte[] bytes) {
        int[] values = new int[bytes.length / 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = ByteBuffer.wrap(bytes).getShort(2 * i) & 0xFFFF;
        }
        return values;
    }

    /** An output profile of version 2 with one table from inks to L*a*b* (ICC.1:2022, 10.10), its corners only. */
    private static byte[] profile() {
        int length = 144 + 48 + 4 * 256 + 16 * 3 + 3 * 256;
        ByteBuffer profile = ByteBuffer.allocate(length);
        profile.putInt(0, length)
                .putInt(8, 0x02400000)
                .put(12, "prtrCMYKLab ".getBytes(StandardCharsets.US_ASCII))
                .put(36, "acsp".getBytes(StandardCharsets.US_ASCII))
                .putInt(68, 0xF6D6)
                .putInt(72, 0x10000)
                .putInt(76, 0xD32D)
                .putInt(128, 1)
                .put(132, "A2B0".getBytes(StandardCharsets.US_ASCII))
                .putInt(136, 144)
                .putInt(140, length - 144);
        profile.position(144)
                .put("mft1\0\0\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(new byte[] {4, 3, 2, 0});
        for (int i = 0; i < 9; i++) {
            profile.putInt(i % 4 == 0 ? 0x10000 : 0);
        }
        for (int i = 0; i < 4 * 256; i++) {
            profile.put((byte) i);
        }
        for (int corner = 0; corner < 16; corner++) {
            profile.put(lab(corner));
        }
        for (int i = 0; i < 3 * 256; i++) {
            profile.put((byte) i);
        }
        return profile.array();
    }

    /** Paper and each ink alone; where inks lie upon each other, it is nearly black. */
    private static byte[] lab(int corner) {
        return switch (corner) {
            case 0b0000 -> lab(100, 0, 0);
            case 0b1000 -> lab(60, -26, -44);
            case 0b0100 -> lab(45, 74, -7);
            case 0b0010 -> lab(94, -6, 95);
            case 0b0001 -> lab(13, 0, 0);
            default -> lab(5, 0, 0);
        };
    }

    private static byte[] lab(int lightness, int a, int b) {
        return new byte[] {(byte) (lightness * 255 / 100), (byte) (a + 128), (byte) (b + 128)};
    }
}
