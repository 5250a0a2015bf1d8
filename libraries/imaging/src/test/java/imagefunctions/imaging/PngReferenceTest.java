package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.imaging.codec.Decoder;
import imagefunctions.imaging.codec.ImageFile;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.imaging.pixels.Picture;
import imagefunctions.jpeg.format.Transform;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every colour type and depth of PNG, whole, cut short and damaged, beside libpng's word. */
@EnabledIf(
        value = "imagefunctions.imaging.OtherDecoders#areThere",
        disabledReason =
                "No format is compared with others' decoders: apt-get install netpbm giflib-tools libtiff-tools")
@Execution(ExecutionMode.CONCURRENT)
class PngReferenceTest {
    private static final int DAMAGES = 12;
    private static final int[][] KINDS = {
        {0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1}, {3, 2}, {3, 4}, {3, 8}, {4, 8}, {4, 16},
        {6, 8}, {6, 16}
    };

    private final Path folder;

    PngReferenceTest(@TempDir Path folder) {
        this.folder = folder;
    }

    static Stream<Arguments> kinds() {
        List<Arguments> kinds = new ArrayList<>();
        for (int[] kind : KINDS) {
            for (boolean interlaced : new boolean[] {false, true}) {
                kinds.add(Arguments.of(kind[0], kind[1], interlaced));
            }
        }
        return kinds.stream();
    }

    @ParameterizedTest(name = "type {0} of {1} bits, interlaced {2}")
    @MethodSource("kinds")
    void pixelsAreThoseOfLibpng(int type, int depth, boolean interlaced) throws Exception {
        for (int[] size : new int[][] {{1, 1}, {2, 9}, {7, 5}, {33, 18}}) {
            for (boolean transparent : new boolean[] {false, true}) {
                byte[] png = file(size[0], size[1], type, depth, interlaced, transparent);

                OtherDecoders.Pixels expected = OtherDecoders.png(Files.write(folder.resolve("a.png"), png))
                        .orElseThrow();
                Picture ours = decode(png);

                assertThat(ours.width()).isEqualTo(expected.width());
                assertThat(rgb(ours)).as("%d x %d", size[0], size[1]).isEqualTo(expected.rgb());
            }
        }
    }

    /** libpng only warns of a broken tRNS, and shows what should be transparent. */
    @ParameterizedTest
    @CsvSource({
        "0, 8, tRNS, false",
        "2, 8, tRNS, false",
        "3, 4, tRNS, false",
        "3, 4, PLTE, false",
        "6, 8, tRNS, true",
        "2, 8, PLTE, true",
        "2, 8, sBIT, true"
    })
    void aChunkThatDoesNotMatchItsChecksumIsLeftOutUnlessItMakesPixels(
            int type, int depth, String name, boolean leftOut) {
        PngBuilder builder = new PngBuilder(7, 5, type, depth, false);
        if (type == 3 && !name.equals("PLTE")) {
            builder.palette(1 << depth);
        }
        byte[] png = builder.brokenChunk(name, new byte[6]).end();

        if (leftOut) {
            byte[] without = new PngBuilder(7, 5, type, depth, false).end();
            assertThat(rgb(decode(png))).isEqualTo(rgb(decode(without)));
        } else {
            assertThatThrownBy(() -> decode(png))
                    .isInstanceOf(DamagedImageException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void nothingIsReadOfAnyChunkThatDoesNotMatchItsChecksumAndCanBeLeftOut() {
        byte[] tiff = new PlainTiff(ByteOrder.BIG_ENDIAN, 1, 1, 1, 8, 1, new byte[1])
                .with(274, 6)
                .file();
        PngBuilder whole = new PngBuilder(7, 5, 0, 8, false).chunk("eXIf", tiff);
        PngBuilder broken = new PngBuilder(7, 5, 0, 8, false).brokenChunk("eXIf", tiff);

        assertThat(decode(whole.end()).upright()).isNotEqualTo(Transform.NONE);
        assertThat(decode(broken.end()).upright()).isEqualTo(Transform.NONE);
    }

    @ParameterizedTest(name = "type {0} of {1} bits, interlaced {2}")
    @MethodSource("kinds")
    void aFileThatIsCutIsRefusedOrGivesAllPixels(int type, int depth, boolean interlaced) {
        byte[] whole = file(21, 13, type, depth, interlaced, true);
        int[] expected = rgb(decode(whole));
        for (int length = 8; length < whole.length; length++) {
            Optional<Picture> ours = read(Arrays.copyOf(whole, length));

            if (ours.isPresent()) {
                assertThat(rgb(ours.get()))
                        .as("%d of %d bytes", length, whole.length)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest(name = "type {0} of {1} bits, interlaced {2}")
    @MethodSource("kinds")
    void aDamagedFileIsReadIfLibpngReadsItOrNoPixelSuffers(int type, int depth, boolean interlaced) throws Exception {
        byte[] whole = file(21, 13, type, depth, interlaced, false);
        int[] unharmed = rgb(decode(whole));
        Random random = new Random(1);
        for (int i = 0; i < DAMAGES; i++) {
            byte[] png = whole.clone();
            png[8 + random.nextInt(png.length - 8)] ^= (byte) (1 + random.nextInt(255));
            Optional<int[]> expected =
                    OtherDecoders.png(Files.write(folder.resolve("a.png"), png)).map(OtherDecoders.Pixels::rgb);
            Optional<int[]> ours = read(png).map(PngReferenceTest::rgb);

            if (ours.isPresent() || expected.isPresent()) {
                assertThat(ours).as("damage %d", i).isPresent();
                assertThat(ours.get()).as("damage %d", i).isEqualTo(expected.orElse(unharmed));
            }
        }
    }

    private static Optional<Picture> read(byte[] png) {
        try {
            return Optional.of(decode(png));
        } catch (ImageException e) {
            return Optional.empty();
        }
    }

    private static byte[] file(int width, int height, int type, int depth, boolean interlaced, boolean transparent) {
        PngBuilder builder = new PngBuilder(width, height, type, depth, interlaced)
                .chunk("tEXt", "Comment\0x".getBytes(StandardCharsets.US_ASCII));
        if (type == 3) {
            builder.palette(1 << depth);
        }
        if (transparent && type != 4 && type != 6) {
            builder.transparency(type == 2 ? new byte[] {0, 9, 0, 9, 0, 9} : new byte[] {0, 1});
        }
        return builder.end();
    }

    private static Picture decode(byte[] file) {
        return Decoder.decode(ImageFile.of(file), new PixelLimit(PixelLimit.DEFAULT));
    }

    private static int[] rgb(Picture picture) {
        return OtherDecoders.Pixels.of(picture).rgb();
    }
}
