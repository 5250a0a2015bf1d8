package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.pixels.Coding;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
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

    /** The types BYTE, SHORT, LONG, SBYTE, SSHORT and SLONG (TIFF 6.0, section 2), and others that are no integers. */
    @ParameterizedTest
    @CsvSource({"1, BRWG", "3, BRWG", "4, BRWG", "6, BRWG", "8, BRWG", "9, BRWG", "2, RGBW", "5, RGBW", "11, RGBW"})
    void anOrientationMayBeOfAnyIntegerType(int type, String corners) {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            byte[] exif = exif(order, 0);
            ByteBuffer entry = ByteBuffer.wrap(exif, 28, 12).slice().order(order);
            entry.putShort(2, (short) type);
            switch (type) {
                case 1, 6 -> entry.put(8, (byte) 6);
                case 3, 8 -> entry.putShort(8, (short) 6);
                default -> entry.putInt(8, 6);
            }

            assertThat(corners(Photos.read(Photos.run(Recipe.THUMBNAIL, tagged(exif)))))
                    .isEqualTo(corners);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<rdf:Description tiff:Orientation=\"6\"/>",
                "<rdf:Description tiff:Orientation = '6'/>",
                "<tiff:Orientation>6</tiff:Orientation>",
                "<rdf:Description xmlns:t='http://ns.adobe.com/tiff/1.0/' x:Orientation='3' t:Orientation='6'/>"
            })
    void xmpCountsWhereExifSaysNothing(String packet) {
        byte[] xmp = ("http://ns.adobe.com/xap/1.0/\0" + packet).getBytes(StandardCharsets.US_ASCII);
        byte[] itxt = ("XML:com.adobe.xmp\0\0\0\0\0" + packet).getBytes(StandardCharsets.US_ASCII);

        assertThat(corners(
                        Photos.read(Photos.run(Recipe.THUMBNAIL, JpegSegments.with(tagged(new byte[0]), 0xE1, xmp)))))
                .isEqualTo("BRWG");
        assertThat(corners(Photos.read(Photos.run(
                        Recipe.THUMBNAIL, JpegSegments.with(tagged(exif(ByteOrder.BIG_ENDIAN, 3)), 0xE1, xmp)))))
                .isEqualTo("WBGR");
        assertThat(corners(Photos.read(Photos.run(Recipe.THUMBNAIL, png("iTXt", itxt)))))
                .isEqualTo("BRWG");
    }

    @Test
    void aPngHasItsExifInAChunkOfItsOwnOrAsImageMagickWritesIt() {
        byte[] exif = exif(ByteOrder.LITTLE_ENDIAN, 6);
        String raw = "\nexif\n%8d\n%s\n".formatted(exif.length, HexFormat.of().formatHex(exif));
        byte[] deflated = new byte[1000];
        Deflater deflater = new Deflater();
        deflater.setInput(raw.getBytes(StandardCharsets.US_ASCII));
        deflater.finish();
        int length = deflater.deflate(deflated);
        deflater.end();
        byte[] name = "Raw profile type exif\0".getBytes(StandardCharsets.US_ASCII);
        byte[] packed = ByteBuffer.allocate(name.length + 1 + length)
                .put(name)
                .put((byte) 0)
                .put(deflated, 0, length)
                .array();
        byte[] plain = ByteBuffer.allocate(name.length + raw.length())
                .put(name)
                .put(raw.getBytes(StandardCharsets.US_ASCII))
                .array();

        for (byte[] file : List.of(
                png("eXIf", exif),
                png("eXIf", Arrays.copyOfRange(exif, 6, exif.length)),
                png("zTXt", packed),
                png("tEXt", plain))) {
            assertThat(corners(Photos.read(Photos.run(Recipe.THUMBNAIL, file)))).isEqualTo("BRWG");
        }
    }

    private static byte[] png(String chunk, byte[] content) {
        return OtherFormatsTest.withChunk(
                Photos.png(Photos.corners(64, 48, BufferedImage.TYPE_INT_RGB)), chunk, content);
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
