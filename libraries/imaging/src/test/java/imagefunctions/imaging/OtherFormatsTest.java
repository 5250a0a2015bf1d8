package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.codec.Decoder;
import imagefunctions.imaging.codec.ImageFile;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.error.TooManyPixelsException;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.Transform;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OtherFormatsTest {

    @ParameterizedTest
    @EnumSource(names = "WEBP", mode = EnumSource.Mode.EXCLUDE)
    void everyFormatGivesTheSamePicture(ImageType format) {
        BufferedImage thumbnail = Photos.read(Photos.run(Recipe.THUMBNAIL, Photos.file(format)));
        BufferedImage fromPng = Photos.read(Photos.run(Recipe.THUMBNAIL, Photos.file(ImageType.PNG)));

        // GIF has 256 colours, JPEG loses some.
        assertThat(Difference.mean(thumbnail, fromPng)).isLessThan(4);
        assertThat(Difference.structuralSimilarity(thumbnail, fromPng)).isGreaterThan(0.98);
    }

    @ParameterizedTest
    @CsvSource({"TYPE_BYTE_GRAY", "TYPE_USHORT_GRAY", "TYPE_BYTE_BINARY"})
    void greySamplesAreTakenAsStored(String type) throws ReflectiveOperationException {
        int kind = BufferedImage.class.getField(type).getInt(null);
        BufferedImage image = new BufferedImage(40, 30, kind);
        int full = kind == BufferedImage.TYPE_USHORT_GRAY ? 65535 : kind == BufferedImage.TYPE_BYTE_GRAY ? 255 : 1;
        for (int x = 0; x < 40; x++) {
            for (int y = 0; y < 30; y++) {
                image.getRaster().setSample(x, y, 0, full == 1 ? x / 20 : full * (x / 8) / 4);
            }
        }

        byte[] result = Photos.run(Recipe.TRANSPOSE, Photos.png(image), "quality=100", "method=flip_top_bottom");

        assertThat(JpegSegments.of(result).sampling()).hasSize(1);
        int[] row = Photos.read(result).getRaster().getSamples(0, 15, 40, 1, 0, (int[]) null);
        int[] expected = new int[40];
        Arrays.setAll(expected, x -> full == 1 ? x / 20 * 255 : 255 * (x / 8) / 4);
        for (int x = 0; x < 40; x++) {
            assertThat(Math.abs(row[x] - expected[x])).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aPngIsMadeUprightByItsExifChunk() {
        byte[] exif = OrientationTest.exif(ByteOrder.LITTLE_ENDIAN, 6);
        byte[] file = withChunk(Photos.png(redOnTop()), "eXIf", Arrays.copyOfRange(exif, 6, exif.length));

        BufferedImage upright = Photos.read(Photos.run(Recipe.TRANSPOSE, file, "method=flip_top_bottom"));
        assertThat(upright.getWidth()).isEqualTo(30);
        assertThat(new Color(upright.getRGB(27, 20)).getRed()).isGreaterThan(200);
        assertThat(new Color(upright.getRGB(3, 20)).getRed()).isLessThan(50);
    }

    @ParameterizedTest
    @EnumSource(
            value = Transform.class,
            names = {"ROTATE_180", "FLIP_VERTICAL"})
    void aTiffIsMadeUprightByItsOwnTag(Transform transform) {
        byte[] file = tiff(transform == Transform.ROTATE_180 ? 3 : 4);

        int[] row = Photos.read(Photos.run(Recipe.BW, file, "quality=100"))
                .getRaster()
                .getSamples(0, 0, 16, 1, 0, (int[]) null);
        assertThat(row[0])
                .isCloseTo(transform == Transform.ROTATE_180 ? 240 : 0, org.assertj.core.api.Assertions.within(8));
    }

    @Test
    void aTiffTileThatIsFarLargerThanThePictureIsRefused() {
        // Stretches what was a strip of 16 rows: tags 278 and 279 become the sides of a tile.
        ByteBuffer file = ByteBuffer.wrap(tiff(1));
        int strip = 8 + 2 + 8 * 12;
        file.putShort(strip, (short) 322).putShort(strip + 8, (short) 60_000);
        file.putShort(strip + 12, (short) 323).putShort(strip + 12 + 8, (short) 60_000);

        assertThatThrownBy(() -> Photos.run(Recipe.BW, file.array()))
                .isInstanceOf(NotAnImageException.class)
                .hasMessageContaining("larger than the picture");
    }

    @Test
    void aKindOfTiffThatIsNotReadIsNamedAsUnsupported() {
        // Tag 259, the compression: 32809 is ThunderScan's.
        byte[] file = ByteBuffer.wrap(tiff(1))
                .putShort(8 + 2 + 3 * 12 + 8, (short) 32809)
                .array();

        assertThatThrownBy(() -> Photos.run(Recipe.BW, file))
                .isInstanceOf(NotAnImageException.class)
                .hasMessageContaining("A TIFF of compression 32809 is not supported");
    }

    /** What they begin with is a preview. */
    @ParameterizedTest
    @CsvSource({
        "'254, 1, 330, 8', preview",
        "'50706, 16909060', raw picture",
        "'254, 0, 50706, 1, 330, 8', raw picture",
        "'254, 1', ",
        "'254, 0, 330, 8', "
    })
    void aCamerasRawPictureIsNotTakenForItsPreview(String tags, String kind) {
        TiffBuilder tiff = new TiffBuilder(16, 16);
        int[] values =
                Arrays.stream(tags.split(", ")).mapToInt(Integer::parseInt).toArray();
        for (int i = 0; i < values.length; i += 2) {
            tiff.tag(values[i], values[i + 1]);
        }
        byte[] file = tiff.parts(TiffBuilder.STRIPS, TiffBuilder.STRIP_LENGTHS, new byte[256])
                .build();

        if (kind == null) {
            assertThat(Photos.read(Photos.run(Recipe.BW, file)).getWidth()).isEqualTo(16);
        } else {
            assertThatThrownBy(() -> Photos.run(Recipe.BW, file))
                    .isInstanceOf(NotAnImageException.class)
                    .hasMessageContaining(kind);
        }
    }

    @Test
    void theRawPictureOfCanonsIsNotTakenForItsPreview() {
        // What Canon puts between the header and a directory, here of no tags.
        byte[] file = HexFormat.of().parseHex("49492A00100000004352020000000000000000000000");

        assertThatThrownBy(() -> Photos.run(Recipe.BW, file))
                .isInstanceOf(NotAnImageException.class)
                .hasMessageContaining("raw picture");
    }

    @Test
    void aPreviewInFrontOfItsPictureIsNotTakenForIt() {
        byte[] preview = new TiffBuilder(16, 16)
                .tag(254, 1)
                .parts(TiffBuilder.STRIPS, TiffBuilder.STRIP_LENGTHS, new byte[256])
                .build();
        // Behind its directory comes that of a picture of one tag.
        byte[] file = Arrays.copyOf(preview, preview.length + 18);
        ByteBuffer.wrap(file)
                .putInt(preview.length - 4, preview.length)
                .putShort(preview.length, (short) 1)
                .putShort(preview.length + 2, (short) 256);

        assertThatThrownBy(() -> Photos.run(Recipe.BW, file))
                .isInstanceOf(NotAnImageException.class)
                .hasMessageContaining("begins with a preview");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, true", "4, false", "7, false"})
    void aBmpMayLackThePaddingOfItsLastRow(int missing, boolean read) {
        BufferedImage picture = new BufferedImage(39, 8, BufferedImage.TYPE_3BYTE_BGR);
        picture.setRGB(38, 0, 0xFFFFFF);
        byte[] whole = Photos.file(picture, ImageType.BMP);
        byte[] file = Arrays.copyOf(whole, whole.length - missing);

        if (read) {
            assertThat(Photos.run(Recipe.BW, file)).isEqualTo(Photos.run(Recipe.BW, whole));
        } else {
            assertThatThrownBy(() -> Photos.run(Recipe.BW, file)).isInstanceOf(DamagedImageException.class);
        }
    }

    /** Of 4 x 3 pixels; rows may end early and pixels be passed over, as the format has it. */
    @ParameterizedTest
    @CsvSource({
        "8, 0401 0000 0401 0000 0401 0001, true",
        "8, 0401 0000 0401 0000 0401, true",
        "8, 0401 0000 0201 0000 0401 0000 0001, true",
        "8, 0004 00010001 0000 0401 0000 0003 00010000 0101 0001, true",
        "8, 0401 0000 0002 0201 0201 0001, true",
        "4, 0401 0000 0004 0101 0000 0310 0101 0001, true",
        "8, 0501 0000 0401 0000 0401 0001, false",
        "8, 0401 0000 0005 000100010000 0000 0401 0001, false",
        "8, 0401 0000 0401 0001 0000 0401 0001, false",
        "8, 0401 0000 0401 0000 0001, false",
        "8, 0401 0000 0401 0000 0301, false",
        "8, 0401 0000 0401 0000 0401 0000 0401 0001, false",
        "8, 0401 0000 0002 0105 0401 0001, false",
        "4, 0401 0000 0006 010101 00 0000 0401 0001, false"
    })
    void theRunsOfABmpMakeUpItsRows(int bits, String runs, boolean read) {
        byte[] file = fourByThree(bits, bits == 8 ? 1 : 2, runs);

        if (read) {
            assertThat(Photos.read(Photos.run(Recipe.BW, file)).getWidth()).isEqualTo(4);
        } else {
            assertThatThrownBy(() -> Photos.run(Recipe.BW, file)).isInstanceOf(DamagedImageException.class);
        }
    }

    /** Rows from below, a digit a pixel; what is passed over has the first colour, whatever is in other rows. */
    @ParameterizedTest
    @CsvSource({
        "8, 0201 0002 0001 0201 0000 0401 0001, 1100 0011 1111",
        "8, 0401 0000 0201 0002 0100 0101 0000 0401 0001, 1111 1101 1111",
        "8, 0401 0002 0001 0002 0001 0000 0001, 1111 0000 0000",
        "8, 0000 0401 0000 0401 0001, 0000 1111 1111",
        "8, 0401 0000 0000 0401 0001, 1111 0000 1111",
        "8, 0401 0000 0003 010001 00 0000 0401 0001, 1111 1010 1111",
        "4, 0410 0000 0201 0002 0001 0211 0001, 1010 0100 0011",
        "4, 0000 0003 1010 0000 0411 0001, 0000 1010 1111"
    })
    void whatNoRunOfABmpBringsHasTheFirstColour(int bits, String runs, String rows) {
        byte[] file = fourByThree(bits, bits == 8 ? 1 : 2, runs);

        String eight = rows.replaceAll("\\d", "0$0");
        assertThat(Photos.run(Recipe.BW, file)).isEqualTo(Photos.run(Recipe.BW, fourByThree(8, 0, eight)));
    }

    private static byte[] fourByThree(int bits, int compression, String hex) {
        byte[] pixels = HexFormat.of().parseHex(hex.replace(" ", ""));
        int pixelsAt = 14 + 40 + 2 * 4;
        return ByteBuffer.allocate(pixelsAt + pixels.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {'B', 'M'})
                .putInt(10, pixelsAt)
                .putInt(14, 40)
                .putInt(18, 4)
                .putInt(22, 3)
                .putShort(26, (short) 1)
                .putShort(28, (short) bits)
                .putInt(30, compression)
                .putInt(46, 2)
                .putInt(pixelsAt - 4, 0xFFFFFF)
                .put(pixelsAt, pixels)
                .array();
    }

    /** OS/2's first header has 12 bytes and sizes of 16 bits; its later ones end anywhere up to the 64th. */
    @ParameterizedTest
    @CsvSource({
        "12, 1", "12, 8", "12, 24", "16, 1", "16, 8", "16, 24", "36, 8", "42, 8", "46, 1", "60, 8", "64, 8", "64, 24"
    })
    void aBmpWithAHeaderOfOs2IsThatOfWindows(int header, int bits) {
        byte[] expected = bmp(40, bits, 0);

        for (Recipe recipe : Recipe.all()) {
            assertThat(Photos.run(recipe, bmp(header, bits, 0))).isEqualTo(Photos.run(recipe, expected));
        }
    }

    /** Huffman's codes and runs of colours. */
    @ParameterizedTest
    @CsvSource({"1, 3", "24, 4"})
    void compressionsThatOs2AloneHasAreNamedAsUnsupported(int bits, int compression) {
        assertThatThrownBy(() -> Photos.run(Recipe.BW, bmp(64, bits, compression)))
                .isInstanceOf(NotAnImageException.class)
                .hasMessageContaining("compression " + compression);
    }

    /** 5 x 3 pixels that are not the same. */
    private static byte[] bmp(int header, int bits, int compression) {
        boolean first = header == 12;
        int colours = bits > 8 ? 0 : 1 << bits;
        int pixels = 14 + header + colours * (first ? 3 : 4);
        int row = Math.ceilDiv(5 * bits, 32) * 4;
        ByteBuffer file = ByteBuffer.allocate(pixels + 3 * row).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {'B', 'M'}).putInt(10, pixels).putInt(14, header).position(18);
        if (first) {
            file.putShort((short) 5).putShort((short) 3);
        } else {
            file.putInt(5).putInt(3);
        }
        file.putShort((short) 1).putShort((short) bits);
        if (header > 16) {
            file.putInt(compression);
        }
        file.position(14 + header);
        for (int i = 0; i < colours; i++) {
            file.put(new byte[] {(byte) (i * 77), (byte) (i * 5), (byte) i})
                    .position(file.position() + (first ? 0 : 1));
        }
        for (int y = 0; y < 3; y++) {
            for (int i = 0; i < 5 * bits / 8; i++) {
                file.put(pixels + y * row + i, (byte) (y * 50 + i * 9));
            }
        }
        return file.array();
    }

    @Test
    void aKindOfBmpThatIsNotReadIsNamedAsUnsupported() {
        // The header's number of planes, which is always one.
        byte[] file =
                ByteBuffer.wrap(Photos.file(ImageType.BMP)).put(26, (byte) 2).array();

        assertThatThrownBy(() -> Photos.run(Recipe.BW, file))
                .isInstanceOf(NotAnImageException.class)
                .hasMessageContaining("This kind of BMP file is not supported");
    }

    @Test
    void theProfileOfAPngIsCarriedOver() {
        byte[] profile = MetadataTest.profile(3000);
        Deflater deflater = new Deflater();
        deflater.setInput(profile);
        deflater.finish();
        byte[] packed = new byte[4000];
        int length = deflater.deflate(packed);
        deflater.end();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes("Wide\0\0".getBytes(StandardCharsets.US_ASCII));
        content.write(packed, 0, length);

        byte[] file = withChunk(Photos.png(redOnTop()), "iCCP", content.toByteArray());
        assertThat(MetadataTest.carried(Photos.run(Recipe.THUMBNAIL, file))).isEqualTo(profile);
    }

    /** Of 1 x 1 pixel, and in hexadecimal. */
    @ParameterizedTest
    @CsvSource({"ff0000, ff00, 0, ffffff, ffff00", "0, ff00, ff, ff80ff, 0080ff", "0, 0, ff, ff, 0000ff"})
    void aColourOfABmpWithoutAMaskIsZero(String red, String green, String blue, String pixel, String expected) {
        byte[] file = ByteBuffer.allocate(14 + 40 + 12 + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {'B', 'M'})
                .putInt(10, 14 + 40 + 12)
                .putInt(14, 40)
                .putInt(18, 1)
                .putInt(22, 1)
                .putShort(26, (short) 1)
                .putShort(28, (short) 32)
                .putInt(30, 3)
                .putInt(54, HexFormat.fromHexDigits(red))
                .putInt(58, HexFormat.fromHexDigits(green))
                .putInt(62, HexFormat.fromHexDigits(blue))
                .putInt(66, HexFormat.fromHexDigits(pixel))
                .array();

        Picture picture = Decoder.decode(ImageFile.of(file), new PixelLimit(PixelLimit.DEFAULT));
        assertThat(picture.pixels().getRGB(0, 0) & 0xFFFFFF).isEqualTo(HexFormat.fromHexDigits(expected));
    }

    /** Of 2 x 1 pixels of 24 bits, the profile behind them. */
    @ParameterizedTest
    @CsvSource({"124, MBED, 0, true", "124, MBED, 1, false", "124, LINK, 0, false", "108, MBED, 0, false"})
    void theProfileOfABmpIsCarriedOver(int header, String kind, int missing, boolean carried) {
        byte[] profile = MetadataTest.profile(3000);
        byte[] name = new StringBuilder(kind).reverse().toString().getBytes(StandardCharsets.US_ASCII);
        byte[] file = ByteBuffer.allocate(14 + 124 + 8 + profile.length - missing)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {'B', 'M'})
                .putInt(10, 14 + 124)
                .putInt(14, header)
                .putInt(18, 2)
                .putInt(22, 1)
                .putShort(26, (short) 1)
                .putShort(28, (short) 24)
                .put(70, name)
                .putInt(126, 124 + 8)
                .putInt(130, profile.length)
                .put(138, new byte[] {0, 0, (byte) 255, (byte) 255, 0, 0})
                .put(146, profile, 0, profile.length - missing)
                .array();

        assertThat(MetadataTest.carried(Photos.run(Recipe.THUMBNAIL, file))).isEqualTo(carried ? profile : new byte[0]);
    }

    @ParameterizedTest
    @CsvSource({
        // A screen that is larger than the frame of 40 x 30; one that the frame fills; two that it goes beyond.
        "100, 80, 50, 20, 100, 80",
        "40, 30, 0, 0, 40, 30",
        "45, 80, 50, 20, 90, 80",
        "0, 0, 0, 0, 40, 30"
    })
    void theFirstFrameOfAGifLiesWhereItBelongsOnAWhiteScreen(
            int screenWidth, int screenHeight, int left, int top, int width, int height) {
        byte[] file = onScreen(Photos.file(redOnTop(), ImageType.GIF), screenWidth, screenHeight, left, top);

        BufferedImage expected = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = expected.createGraphics();
        graphics.fillRect(0, 0, width, height);
        graphics.drawImage(redOnTop(), left, top, null);
        graphics.dispose();

        assertThat(Photos.run(Recipe.THUMBNAIL, file)).isEqualTo(Photos.run(Recipe.THUMBNAIL, Photos.png(expected)));
    }

    @Test
    void aGifScreenThatIsLargerThanTheLimitIsRefused() {
        byte[] file = onScreen(Photos.file(redOnTop(), ImageType.GIF), 20_000, 20_000, 0, 0);

        assertThatThrownBy(() -> Photos.run(Recipe.BW, file))
                .isInstanceOf(TooManyPixelsException.class)
                .hasMessageContaining("20000 x 20000");
    }

    /** The file with another logical screen, its only frame placed on it (GIF89a, sections 18 and 20). */
    private static byte[] onScreen(byte[] gif, int width, int height, int left, int top) {
        ByteBuffer file = ByteBuffer.wrap(gif.clone()).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort(6, (short) width).putShort(8, (short) height);
        int frame = 13 + 6 * (1 << (gif[10] & 7));
        while (gif[frame] != ',') {
            frame++;
        }
        return file.putShort(frame + 1, (short) left)
                .putShort(frame + 3, (short) top)
                .array();
    }

    private static BufferedImage redOnTop() {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 40; x++) {
            for (int y = 0; y < 15; y++) {
                image.setRGB(x, y, 0xFF0000);
            }
        }
        return image;
    }

    /** The file with a chunk behind IHDR. */
    static byte[] withChunk(byte[] png, String name, byte[] content) {
        int header = 8 + 25;
        ByteBuffer file = ByteBuffer.allocate(png.length + 12 + content.length);
        byte[] named = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(named);
        sum.update(content);
        file.put(png, 0, header).putInt(content.length).put(named).put(content).putInt((int) sum.getValue());
        return file.put(png, header, png.length - header).array();
    }

    /** 16 x 16 grey pixels, each as light as 16 times its column, big-endian. */
    private static byte[] tiff(int orientation) {
        int[][] entries = {
            {256, 16},
            {257, 16},
            {258, 8},
            {259, 1},
            {262, 1},
            {277, 1},
            {273, 200},
            {274, orientation},
            {278, 16},
            {279, 256}
        };
        ByteBuffer file = ByteBuffer.allocate(200 + 256);
        file.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) entries.length);
        for (int[] entry : entries) {
            file.putShort((short) entry[0])
                    .putShort((short) 3)
                    .putInt(1)
                    .putShort((short) entry[1])
                    .putShort((short) 0);
        }
        file.position(200);
        for (int i = 0; i < 256; i++) {
            file.put((byte) (i % 16 * 16));
        }
        return file.array();
    }
}
