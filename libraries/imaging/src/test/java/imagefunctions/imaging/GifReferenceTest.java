package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.codec.Decoder;
import imagefunctions.imaging.codec.ImageFile;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.imaging.pixels.Picture;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GIFs of all code sizes, whole, cut short and damaged, beside giflib's word. */
@EnabledIf(
        value = "imagefunctions.imaging.OtherDecoders#areThere",
        disabledReason =
                "No format is compared with others' decoders: apt-get install netpbm giflib-tools libtiff-tools")
class GifReferenceTest {
    private static final int DAMAGES = 40;
    private static final int PALETTE_AT = 13;

    private final Path folder;

    GifReferenceTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 2, false",
        "41, 33, 1, 1, false",
        "200, 150, 1, 1, true",
        "7, 5, 1, 2, true",
        "64, 48, 2, 2, false",
        "64, 48, 3, 3, true",
        "301, 200, 4, 4, false",
        "300, 201, 8, 8, true",
        "700, 500, 8, 8, false"
    })
    void pixelsAreThoseOfGiflib(int width, int height, int bits, int codeSize, boolean interlaced) throws Exception {
        byte[] gif = GifBuilder.file(width, height, bits, codeSize, interlaced);

        assertThat(rgb(decode(gif))).isEqualTo(giflib(gif).orElseThrow());
    }

    /** Legal, and refused by giflib alone. */
    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11, 12})
    void wideCodesStandForTheSamePixels(int codeSize) {
        byte[] usual = GifBuilder.withoutStrings(120, 90, 8, 8);

        assertThat(rgb(decode(GifBuilder.withoutStrings(120, 90, 8, codeSize)))).isEqualTo(rgb(decode(usual)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileThatIsCutIsRefusedOrGivesAllPixels(boolean interlaced) {
        byte[] whole = GifBuilder.file(41, 33, 4, 4, interlaced);
        int[] expected = rgb(decode(whole));
        for (int length = 6; length < whole.length; length++) {
            Optional<Picture> ours = read(Arrays.copyOf(whole, length));

            assertThat(ours.map(GifReferenceTest::rgb).orElse(expected))
                    .as("%d of %d bytes", length, whole.length)
                    .isEqualTo(expected);
        }
        assertThat(read(Arrays.copyOf(whole, whole.length - 2))).isPresent();
        assertThat(read(Arrays.copyOf(whole, whole.length / 2))).isEmpty();
    }

    @Test
    void aFileThatIsCutBehindItsFirstFrameGivesThat() {
        byte[] first = GifBuilder.file(9, 7, 2, 2, false);
        byte[] second = new byte[10 + 3 * 4 + 4];
        second[0] = ',';
        second[9] = (byte) 0x81;
        byte[] both = inserted(first, first.length - 1, second);
        for (int length = first.length - 1; length < both.length; length++) {
            assertThat(rgb(decode(Arrays.copyOf(both, length))))
                    .as("%d of %d bytes", length, both.length)
                    .isEqualTo(rgb(decode(first)));
        }
    }

    /** Giflib makes up pixels for codes that stand for nothing yet; those files are refused here. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDamagedFileIsRefusedOrHasGiflibsPixels(boolean interlaced) throws Exception {
        byte[] whole = GifBuilder.file(41, 33, 4, 4, interlaced);
        int pixelsAt = PALETTE_AT + 3 * 16 + 11;
        Random random = new Random(1);
        for (int i = 0; i < DAMAGES; i++) {
            byte[] gif = whole.clone();
            gif[pixelsAt + random.nextInt(gif.length - pixelsAt - 2)] ^= (byte) (1 + random.nextInt(255));
            Optional<int[]> ours = read(gif).map(GifReferenceTest::rgb);

            if (ours.isPresent()) {
                assertThat(giflib(gif).orElseThrow()).as("damage %d", i).isEqualTo(ours.get());
            }
        }
    }

    /** Giflib sees that the blocks went astray; where it is too strict, no pixel has suffered. */
    @ParameterizedTest
    @CsvSource({"2, false", "4, false", "4, true", "8, false"})
    void aFileWithStrayBytesIsRefusedOrHasItsPixels(int bits, boolean interlaced) throws Exception {
        byte[] whole = GifBuilder.file(97, 61, bits, bits, interlaced);
        int[] expected = rgb(decode(whole));
        Random random = new Random(2);
        for (int i = 0; i < DAMAGES; i++) {
            byte[] stray = new byte[1 + random.nextInt(3)];
            random.nextBytes(stray);
            int at = PALETTE_AT + random.nextInt(whole.length - PALETTE_AT);
            byte[] gif = inserted(whole, at, stray);
            int[] ours = read(gif).map(GifReferenceTest::rgb).orElse(expected);

            if (!Arrays.equals(ours, expected)) {
                assertThat(giflib(gif)).as("damage %d at %d", i, at).hasValue(ours);
            }
        }
    }

    @Test
    void zerosBetweenBlocksAreStrayUnlessTheyAreThePalettesOwn() {
        byte[] whole = GifBuilder.file(9, 7, 1, 2, false);
        int frameAt = PALETTE_AT + 6;
        byte[] endsInBlack = whole.clone();
        Arrays.fill(endsInBlack, frameAt - 3, frameAt, (byte) 0);

        for (int at : new int[] {frameAt, whole.length - 1}) {
            assertThat(rgb(decode(inserted(whole, at, new byte[2])))).isEqualTo(rgb(decode(whole)));
        }
        assertThat(read(endsInBlack)).isPresent();
        assertThat(read(inserted(endsInBlack, PALETTE_AT, new byte[] {7}))).isEmpty();
    }

    private static byte[] inserted(byte[] file, int at, byte[] more) {
        return ByteBuffer.allocate(file.length + more.length)
                .put(file, 0, at)
                .put(more)
                .put(file, at, file.length - at)
                .array();
    }

    private Optional<int[]> giflib(byte[] gif) throws Exception {
        return OtherDecoders.gif(Files.write(folder.resolve("a.gif"), gif));
    }

    private static Optional<Picture> read(byte[] gif) {
        try {
            return Optional.of(decode(gif));
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
