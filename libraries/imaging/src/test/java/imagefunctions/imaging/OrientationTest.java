package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.pixels.Coding;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {

    // Corners of the upright picture, top left first: red, green, blue, white.
    @ParameterizedTest
    @CsvSource({
        "1, RGBW", "2, GRWB", "3, WBGR", "4, BWRG", "5, RBGW", "6, BRWG", "7, WGBR", "8, GWRB",
    })
    void aPictureIsMadeUprightAndItsTagDropped(int orientation, String corners) {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            byte[] file = tagged(exif(order, orientation));
            byte[] upright = Photos.run(Recipe.THUMBNAIL, file, "quality=95");

            assertThat(corners(Photos.read(upright))).isEqualTo(corners);
            assertThat(Photos.read(upright).getWidth()).isEqualTo(orientation < 5 ? 64 : 48);
            assertThat(JpegSegments.of(upright).markers()).doesNotContain(0xE1);
            assertThat(corners(Photos.read(Photos.run(Recipe.THUMBNAIL, file, "autorotate=false"))))
                    .isEqualTo("RGBW");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rotate_180, WBGR",
        "rotate_90, GWRB",
        "rotate_270, BRWG",
        "flip_left_right, GRWB",
        "flip_top_bottom, BWRG",
        "transpose, RBGW",
        "transverse, WGBR"
    })
    void transposeTransformsAsPillowDoes(String method, String corners) {
        byte[] file = Photos.png(Photos.corners(64, 48, BufferedImage.TYPE_INT_RGB));

        assertThat(corners(Photos.read(Photos.run(Recipe.TRANSPOSE, file, "method=" + method))))
                .isEqualTo(corners);
    }

    @Test
    void aPictureIsUprightBeforeItIsTransposed() {
        byte[] file = tagged(exif(ByteOrder.BIG_ENDIAN, 6));

        assertThat(corners(Photos.read(Photos.run(Recipe.TRANSPOSE, file)))).isEqualTo("GWRB");
    }

    @Test
    void theFirstExifBlockThatMakesSenseCounts() {
        byte[] file = tagged(exif(ByteOrder.BIG_ENDIAN, 3));
        file = JpegSegments.with(file, 0xE1, exif(ByteOrder.LITTLE_ENDIAN, 6));
        file = JpegSegments.with(file, 0xE1, exif(ByteOrder.LITTLE_ENDIAN, 9));
        file = JpegSegments.with(file, 0xE1, "http://ns.adobe.com/xap/1.0/\0<x/>".getBytes(StandardCharsets.US_ASCII));

        assertThat(corners(Photos.read(Photos.run(Recipe.THUMBNAIL, file)))).isEqualTo("BRWG");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 6, 8, 13, 16, 20, 27})
    void brokenExifDoesNotFailThePicture(int length) {
        byte[] exif = Arrays.copyOf(exif(ByteOrder.BIG_ENDIAN, 6), length);

        assertThat(corners(Photos.read(Photos.run(Recipe.THUMBNAIL, tagged(exif)))))
                .isEqualTo("RGBW");
    }

    private static byte[] tagged(byte[] exif) {
        return JpegSegments.with(
                Photos.jpeg(Photos.corners(64, 48, BufferedImage.TYPE_3BYTE_BGR), Coding.quality(95)), 0xE1, exif);
    }

    /** An EXIF block with its orientation and another tag before it. */
    static byte[] exif(ByteOrder order, int orientation) {
        ByteBuffer block = ByteBuffer.allocate(6 + 8 + 2 + 24 + 4);
        block.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        block.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
        block.order(order).putShort((short) 42).putInt(8).putShort((short) 2);
        block.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(64);
        block.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
        return block.array();
    }

    private static String corners(BufferedImage image) {
        int right = image.getWidth() - 4;
        int bottom = image.getHeight() - 4;
        return "" + colour(image.getRGB(3, 3)) + colour(image.getRGB(right, 3)) + colour(image.getRGB(3, bottom))
                + colour(image.getRGB(right, bottom));
    }

    private static char colour(int rgb) {
        boolean red = (rgb >> 16 & 0xFF) > 128;
        boolean green = (rgb >> 8 & 0xFF) > 128;
        return red ? green ? 'W' : 'R' : green ? 'G' : 'B';
    }
}
