package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.codec.Decoder;
import imagefunctions.imaging.codec.ImageFile;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.imaging.pixels.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A TIFF that libtiff refuses or warns of is refused, or has its own pixels; one that it is content with, libtiff's. */
@EnabledIf(
        value = "imagefunctions.imaging.Libtiff#installed",
        disabledReason =
                "No damaged TIFF is compared with libtiff: apt-get install python3 netpbm giflib-tools libtiff-tools")
@Execution(ExecutionMode.CONCURRENT)
class DamagedTiffTest {
    private static final int WIDTH = 67;
    private static final int HEIGHT = 43;
    private static final int HEADER = 8;

    private final Path folder;

    DamagedTiffTest(@TempDir Path folder) {
        this.folder = folder;
    }

    static List<String> fixtures() {
        return Fixtures.readable().stream()
                .filter(name -> name.endsWith(".tif"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void fixturesAreNotMadeUp(String name) throws IOException {
        compare(Fixtures.file(name), 0);
    }

    /** Photometric, samples, bits, and what tiffcp is told. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 8, -c none -r 5",
        "1, 1, 8, -c lzw -r 7 -L",
        "1, 1, 8, -c zip:2 -B",
        "1, 1, 8, -c packbits -t -w 32 -l 16",
        "0, 1, 8, -c zip -f lsb2msb",
        "0, 1, 1, -c g3:1d",
        "0, 1, 1, -c g3:1d:fill -r 13",
        "0, 1, 1, -c g3:2d",
        "0, 1, 1, -c g3:2d:fill -r 9",
        "1, 1, 1, -c g4",
        "0, 1, 1, -c g4 -f lsb2msb -r 10",
        "0, 1, 1, -c g4 -t -w 16 -l 32",
        "1, 1, 1, -c packbits",
        "1, 1, 2, -c lzw",
        "1, 1, 16, -c lzw:2 -L",
        "2, 3, 8, -c lzw:2",
        "2, 3, 8, -c zip -p separate -t -w 16 -l 16",
        "2, 3, 16, -c zip:2",
        "3, 1, 8, -c lzw",
        "3, 1, 4, -c packbits"
    })
    void noCompressionMakesUpPixels(int photometric, int samples, int bits, String how) throws Exception {
        // Of 16 bits, libtiff takes the upper ones.
        compare(tiffcp(plain(photometric, samples, bits), how), bits == 16 ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 3, -c jpeg:90 -r 48",
        "2, 3, -c jpeg:r:90 -r 48",
        "2, 3, -c jpeg:90 -r 16",
        "2, 3, -c jpeg:90 -t -w 32 -l 32",
        "1, 1, -c jpeg:90"
    })
    void noJpegInATiffMakesUpPixels(int photometric, int samples, String how) throws Exception {
        byte[] pixels = new byte[64 * 48 * samples];
        for (int i = 0; i < pixels.length; i++) {
            int pixel = i / samples;
            pixels[i] = (byte) (pixel % 64 * 2 + pixel / 64 * (1 + i % samples));
        }
        byte[] plain = new PlainTiff(ByteOrder.LITTLE_ENDIAN, 64, 48, samples, 8, photometric, pixels).file();

        compare(tiffcp(plain, how), 4);
    }

    /** What tiffcp does not write, by the JDK. */
    @ParameterizedTest
    @ValueSource(strings = {"CCITT RLE", "CCITT T.4", "CCITT T.6"})
    void othersFaxesAreNotMadeUp(String compression) throws IOException {
        BufferedImage bits = new BufferedImage(120, 90, BufferedImage.TYPE_BYTE_BINARY);
        bits.createGraphics().drawImage(Photos.gradient(120, 90), 0, 0, null);

        compare(Photos.file(bits, ImageType.TIFF, compression), 0);
    }

    /** Damages the file everywhere, then its pixels alone. */
    private void compare(byte[] whole, int off) throws IOException {
        Random random = new Random(whole.length);
        List<Damage> files = new ArrayList<>(Damage.cuts(whole));
        files.addAll(Damage.strayBytes(whole, random));
        int directory = directory(whole);
        int from = directory == HEADER ? whole.length / 2 : HEADER;
        int to = directory == HEADER ? whole.length : directory;
        files.addAll(Damage.strayBytes(whole, from, to, random));
        files.addAll(Damage.changes(whole, from, to, random));
        files.add(new Damage(whole, "unharmed"));
        List<Libtiff> words = Libtiff.of(files.stream().map(Damage::file).toList(), folder);
        OtherDecoders.Pixels unharmed = OtherDecoders.Pixels.of(decode(whole));

        assertThat(words.getLast().messages()).isEmpty();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Optional<Picture> ours = read(files.get(i).file());
            String messages = words.get(i).messages();
            OtherDecoders.Pixels right = messages.isEmpty() ? words.get(i).rgb().orElse(unharmed) : unharmed;
            if (ours.isPresent() && !near(OtherDecoders.Pixels.of(ours.get()), right, off)) {
                wrong.add(files.get(i).where() + ", libtiff: " + messages);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static int directory(byte[] tiff) {
        ByteOrder order = tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return ByteBuffer.wrap(tiff).order(order).getInt(4);
    }

    private static boolean near(OtherDecoders.Pixels ours, OtherDecoders.Pixels theirs, int off) {
        int[] one = ours.rgb();
        int[] other = theirs.rgb();
        return ours.width() == theirs.width()
                && one.length == other.length
                && IntStream.range(0, one.length).allMatch(i -> Math.abs(one[i] - other[i]) <= off);
    }

    private static byte[] plain(int photometric, int samples, int bits) {
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
        return builder.file();
    }

    private byte[] tiffcp(byte[] file, String how) throws Exception {
        Path from = Files.write(folder.resolve("plain.tif"), file);
        Path to = folder.resolve("written.tif");
        assertThat(OtherDecoders.tiffcp(how, from, to))
                .as("libtiff writes %s", how)
                .isTrue();
        return Files.readAllBytes(to);
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
}
