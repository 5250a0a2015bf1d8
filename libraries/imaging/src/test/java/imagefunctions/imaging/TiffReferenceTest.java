package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.codec.Decoder;
import imagefunctions.imaging.codec.ImageFile;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.imaging.pixels.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TIFFs of every layout and compression, written again by libtiff, beside the pixels that they were made of. */
@EnabledIf(
        value = "imagefunctions.imaging.OtherDecoders#areThere",
        disabledReason =
                "No format is compared with others' decoders: apt-get install netpbm giflib-tools libtiff-tools")
class TiffReferenceTest {
    private static final int WIDTH = 67;
    private static final int HEIGHT = 43;

    private final Path folder;

    TiffReferenceTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** Photometric, samples, bits, and what tiffcp is told. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 8, -c none -r 5",
        "1, 1, 8, -c lzw -r 7 -L",
        "1, 1, 8, -c zip:2 -B",
        "1, 1, 8, -c packbits -t -w 32 -l 16",
        "0, 1, 8, -c zip -f lsb2msb",
        "1, 1, 1, -c none -f lsb2msb",
        "0, 1, 1, -c g3:1d",
        "0, 1, 1, -c g3:2d",
        "0, 1, 1, -c g3:2d:fill -r 9",
        "1, 1, 1, -c g4",
        "0, 1, 1, -c g4 -f lsb2msb -r 10",
        "0, 1, 1, -c g4 -t -w 16 -l 32",
        "1, 1, 2, -c lzw",
        "1, 1, 4, -c zip",
        "1, 1, 16, -c lzw:2 -L",
        "1, 1, 16, -c zip:2 -B",
        "1, 1, 32, -c zip -B",
        "2, 3, 8, -c none -p separate -r 6",
        "2, 3, 8, -c lzw:2",
        "2, 3, 8, -c zip:2 -t -w 48 -l 32",
        "2, 3, 8, -c zip -p separate -t -w 16 -l 16",
        "2, 3, 16, -c zip:2",
        "2, 3, 8, -8 -c lzw",
        "3, 1, 8, -c lzw",
        "3, 1, 4, -c packbits",
        "3, 1, 1, -c none"
    })
    void pixelsAreTheSameHoweverLibtiffWritesThem(int photometric, int samples, int bits, String how) throws Exception {
        byte[] plain = plain(photometric, samples, bits).file();
        byte[] written = tiffcp(plain, how);

        Picture expected = decode(plain);
        assertThat(written).isNotEqualTo(plain);
        assertThat(decode(written).samples()).isEqualTo(expected.samples());
        if (bits <= 16) {
            OtherDecoders.Pixels libtiff =
                    OtherDecoders.tiff(folder.resolve("written.tif")).orElseThrow();
            // Of 16 bits, netpbm rounds otherwise.
            assertNear(rgb(expected), libtiff.rgb(), bits == 16 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"16", "32", "64"})
    void floatsAreTakenAsStored(int bits) {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            double[] values = {-1, 0, 0.25, 0.5, 1, 7, Double.NaN, 1 / 255.0};
            ByteBuffer pixels = ByteBuffer.allocate(values.length * bits / 8).order(order);
            for (double value : values) {
                switch (bits) {
                    case 16 -> pixels.putShort(Float.floatToFloat16((float) value));
                    case 32 -> pixels.putFloat((float) value);
                    default -> pixels.putDouble(value);
                }
            }
            byte[] file = new PlainTiff(order, values.length, 1, 1, bits, 1, pixels.array())
                    .with(339, 3)
                    .file();

            assertThat(decode(file).samples()).containsExactly(0, 0, 64, 128, 255, 255, 0, 1);
        }
    }

    @Test
    void floatsAreDifferencesOfBytesWhereThePredictorSaysSo() throws Exception {
        byte[] pixels = new byte[WIDTH * HEIGHT * 4];
        Random random = new Random(3);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN).putFloat(4 * i, random.nextFloat());
        }
        byte[] plain = new PlainTiff(ByteOrder.LITTLE_ENDIAN, WIDTH, HEIGHT, 1, 32, 1, pixels)
                .with(339, 3)
                .file();

        assertThat(decode(tiffcp(plain, "-c zip:3")).samples())
                .isEqualTo(decode(plain).samples());
        assertThat(decode(tiffcp(plain, "-c lzw:3 -r 4")).samples())
                .isEqualTo(decode(plain).samples());
    }

    @ParameterizedTest
    @CsvSource({"II, 000080 ff00ff 800040", "MM, 800000 ff00ff 400080"})
    void integersOfThreeBytesAreInTheFilesOrder(String start, String pixels) {
        ByteOrder order = start.equals("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        byte[] stored = HexFormat.of().parseHex(pixels.replace(" ", ""));
        byte[] file = new PlainTiff(order, 3, 1, 1, 24, 1, stored).file();

        assertThat(decode(file).samples()).containsExactly(0x80, 0xFE, 0x40);
    }

    /** No compression, PackBits, and fax codes, of which no program writes differences. */
    @ParameterizedTest
    @CsvSource({"1, 8, 0a141e28", "32773, 8, 030a141e28", "32773, 4, 010a14", "4, 1, 80080080"})
    void aPredictorCountsOnlyWithLzwAndDeflate(int compression, int bits, String strip) throws Exception {
        byte[] stored = HexFormat.of().parseHex(strip);
        PlainTiff tiff = new PlainTiff(ByteOrder.LITTLE_ENDIAN, 4, 1, 1, bits, 1, stored).with(259, compression);
        byte[] expected = decode(tiff.file()).samples();
        byte[] file = tiff.with(317, 2).file();

        assertThat(decode(file).samples()).isEqualTo(expected);
        OtherDecoders.Pixels libtiff =
                OtherDecoders.tiff(Files.write(folder.resolve("a.tif"), file)).orElseThrow();
        assertThat(rgb(decode(file))).isEqualTo(libtiff.rgb());
    }

    @ParameterizedTest
    @CsvSource({"2, 3", "1, 1"})
    void aJpegInATiffIsAsLibtiffReadsIt(int photometric, int samples) throws Exception {
        byte[] smooth = smooth(samples);
        byte[] plain = new PlainTiff(ByteOrder.LITTLE_ENDIAN, 64, 48, samples, 8, photometric, smooth).file();
        for (String how :
                new String[] {"-c jpeg:90 -r 48", "-c jpeg:r:90 -r 48", "-c jpeg:90 -r 16", "-c jpeg:90 -t -w 32 -l 32"
                }) {
            Picture ours = decode(tiffcp(plain, how));
            OtherDecoders.Pixels libtiff =
                    OtherDecoders.tiffAsRgb(folder.resolve("written.tif")).orElseThrow();

            assertNear(rgb(ours), libtiff.rgb(), 4);
        }
    }

    /** Weights and levels in thousandths: those of BT.601, of BT.709, of video's range, and of neither. */
    @ParameterizedTest
    @CsvSource({
        "299 587 114, 0 255000 128000 255000 128000 255000",
        "213 715 72, 0 255000 128000 255000 128000 255000",
        "299 587 114, 16000 235000 128000 240000 128000 240000",
        "213 715 72, 15500 235000 127500 240000 128700 239000",
        "299 587 114, 255000 0 128000 128000 128000 0",
        "1000 10 900, 0 255000 128000 255000 128000 255000"
    })
    void coloursAreWeighedAsTheFileSays(String weights, String levels) throws Exception {
        byte[] pixels = new byte[WIDTH * HEIGHT * 3];
        new Random(5).nextBytes(pixels);
        byte[] file = new PlainTiff(ByteOrder.LITTLE_ENDIAN, WIDTH, HEIGHT, 3, 8, 6, pixels)
                .with(530, 1, 1)
                .withThousandths(529, numbers(weights))
                .withThousandths(532, numbers(levels))
                .file();

        OtherDecoders.Pixels libtiff = OtherDecoders.tiffAsRgb(Files.write(folder.resolve("a.tif"), file))
                .orElseThrow();
        assertThat(rgb(decode(file))).isEqualTo(libtiff.rgb());
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    }

    /** Extra samples of kind 1 are multiplied already, of kind 2 not, of kind 0 nothing. */
    @ParameterizedTest
    @CsvSource({
        "2, 4, 1, '40 50 60 80', 'bf cf df'",
        "2, 4, 2, 'ff 00 80 80', 'ff 7f bf'",
        "2, 4, 0, 'ff 00 80 80', 'ff 00 80'",
        "1, 2, 1, '40 80', 'bf bf bf'",
        "1, 2, 2, '00 80', '7f 7f 7f'",
        "1, 2, 0, '00 80', '00 00 00'",
        "0, 2, 2, 'ff 80', '7f 7f 7f'",
        "5, 5, 1, '00 80 80 00 80', 'ff 7f 7f'",
        "5, 5, 2, '00 ff ff 00 80', 'ff 7f 7f'",
        "5, 5, 0, '00 ff ff 00 80', 'ff 00 00'"
    })
    void transparencyIsCompositedOnce(int photometric, int samples, int kind, String pixel, String expected) {
        byte[] one = HexFormat.ofDelimiter(" ").parseHex(pixel);
        byte[] file = new PlainTiff(ByteOrder.BIG_ENDIAN, 1, 1, samples, 8, photometric, one)
                .with(338, kind)
                .file();

        int[] rgb = rgb(decode(file));
        assertThat(String.format("%02x %02x %02x", rgb[0], rgb[1], rgb[2])).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c none -r 4", "-c lzw -r 4", "-c zip", "-c packbits", "-c zip -t -w 16 -l 16"})
    void aFileThatIsCutIsRefusedOrGivesAllPixels(String how) throws Exception {
        byte[] whole = tiffcp(plain(2, 3, 8).file(), how);
        byte[] expected = decode(whole).samples();
        for (int i = 0; i < 200; i++) {
            int length = 8 + (whole.length - 8) * i / 200;
            assertThat(read(Arrays.copyOf(whole, length)).map(Picture::samples).orElse(expected))
                    .as("%d of %d bytes", length, whole.length)
                    .isEqualTo(expected);
        }
    }

    /** Of two pixels: libtiff warns of a run that is longer. */
    @ParameterizedTest
    @CsvSource({"ff07, true", "010708, true", "80ff07, true", "fe07, false", "02070809, false", "0007, false"})
    void runsEndWhereThePixelsEnd(String packed, boolean read) {
        byte[] runs = HexFormat.of().parseHex(packed);
        byte[] file = new PlainTiff(ByteOrder.BIG_ENDIAN, 2, 1, 1, 8, 1, runs)
                .with(259, 32773)
                .file();

        assertThat(read(file).isPresent()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c g3:1d", "-c g3:2d", "-c g4", "-c lzw", "-c packbits"})
    void damageIsNeverAnotherFaultThanTheCallers(String how) throws Exception {
        byte[] whole = tiffcp(plain(0, 1, 1).file(), how);
        Random random = new Random(9);
        for (int i = 0; i < 2000; i++) {
            byte[] file = whole.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                file[8 + random.nextInt(file.length - 8)] = (byte) random.nextInt();
            }
            read(file).ifPresent(picture -> assertThat(picture.width()).isPositive());
        }
    }

    private static PlainTiff plain(int photometric, int samples, int bits) {
        byte[] pixels = new byte[(WIDTH * samples * bits + 7) / 8 * HEIGHT];
        Random random = new Random(photometric * 7L + bits);
        for (int i = 0; i < pixels.length; i++) {
            // Runs, so that there is something to compress.
            pixels[i] = random.nextInt(3) == 0 || i == 0 ? (byte) random.nextInt() : pixels[i - 1];
        }
        PlainTiff builder = new PlainTiff(ByteOrder.BIG_ENDIAN, WIDTH, HEIGHT, samples, bits, photometric, pixels);
        if (photometric == 3) {
            builder.with(
                    320,
                    random.ints(3 << bits, 0, 256).map(value -> value * 257).toArray());
        }
        return builder;
    }

    private static byte[] smooth(int samples) {
        byte[] pixels = new byte[64 * 48 * samples];
        for (int i = 0; i < pixels.length; i++) {
            int pixel = i / samples;
            pixels[i] = (byte) (pixel % 64 * 2 + pixel / 64 * (1 + i % samples));
        }
        return pixels;
    }

    private byte[] tiffcp(byte[] file, String how) throws Exception {
        Path from = Files.write(folder.resolve("plain.tif"), file);
        Path to = folder.resolve("written.tif");
        assertThat(OtherDecoders.tiffcp(how, from, to))
                .as("libtiff writes %s", how)
                .isTrue();
        return Files.readAllBytes(to);
    }

    private static void assertNear(int[] actual, int[] expected, int off) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("sample %d", i).isBetween(expected[i] - off, expected[i] + off);
        }
    }

    private static Optional<Picture> read(byte[] tiff) {
        try {
            return Optional.of(decode(tiff));
        } catch (ImageException e) {
            return Optional.empty();
        }
    }

    private static Picture decode(byte[] file) {
        return Decoder.decode(ImageFile.of(file), new PixelLimit(PixelLimit.DEFAULT));
    }

    private static int[] rgb(Picture picture) {
        return OtherDecoders.Pixels.of(picture).rgb();
    }
}
