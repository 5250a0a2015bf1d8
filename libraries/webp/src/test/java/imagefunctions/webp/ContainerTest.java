package imagefunctions.webp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.UnsupportedWebpException;
import imagefunctions.webp.format.WebpException;
import imagefunctions.webp.format.WebpFile;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContainerTest {
    private static final byte[] SIMPLE = Fixtures.file("lossy-usual.webp");
    private static final byte[] LOSSY = WebpBuilder.bitstream(SIMPLE);
    private static final int WIDTH = 33;
    private static final int HEIGHT = 31;

    private static WebpBuilder extended() {
        return new WebpBuilder().canvas(0, WIDTH, HEIGHT);
    }

    @Test
    void metadataIsFoundBeforeAndBehindThePicture() {
        WebpFile file = WebpFile.parse(extended()
                .chunk("ICCP", WebpBuilder.ascii("profile"))
                .chunk("ABCD", new byte[5])
                .chunk("VP8 ", LOSSY)
                .chunk("EXIF", WebpBuilder.ascii("II*"))
                .chunk("XMP ", WebpBuilder.ascii("<x/>"))
                .chunk("EXIF", WebpBuilder.ascii("second"))
                .file());

        assertThat(file.iccProfile()).contains(WebpBuilder.ascii("profile"));
        assertThat(file.exif()).contains(WebpBuilder.ascii("II*"));
        assertThat(file.xmp()).contains(WebpBuilder.ascii("<x/>"));
        assertThat(file.frames()).isEqualTo(1);
    }

    @Test
    void anExifBlockBeginsWithItsTiffHeaderWhateverStandsBeforeIt() {
        byte[] file = extended()
                .chunk("VP8 ", LOSSY)
                .chunk("EXIF", WebpBuilder.ascii("Exif\0\0MM\0*"))
                .file();

        assertThat(WebpFile.parse(file).exif()).contains(WebpBuilder.ascii("MM\0*"));
    }

    @Test
    void unknownChunksAreSkipped() {
        byte[] file = new WebpBuilder()
                .chunk("ABCD", new byte[3])
                .chunk("VP8 ", LOSSY)
                .chunk("EFGH", new byte[1])
                .file();

        assertThat(WebpPixels.decode(WebpFile.parse(file)).bgr())
                .isEqualTo(WebpPixels.decode(WebpFile.parse(SIMPLE)).bgr());
    }

    @Test
    void theFirstFrameOfAnAnimationLiesInItsPlaceOnATransparentCanvas() {
        byte[] file = new WebpBuilder()
                .canvas(WebpBuilder.ANIMATION, 50, 40)
                .chunk("ANIM", new byte[6])
                .frame(10, 4, WIDTH, HEIGHT, WebpBuilder.bytes("VP8 ", LOSSY))
                .frame(0, 0, WIDTH, HEIGHT, WebpBuilder.bytes("VP8 ", LOSSY))
                .file();
        byte[] frame = WebpPixels.decode(WebpFile.parse(SIMPLE)).bgr();

        WebpPixels shown = WebpPixels.decode(WebpFile.parse(file));

        assertThat(WebpFile.parse(file).frames()).isEqualTo(2);
        assertThat(shown.width()).isEqualTo(50);
        assertThat(shown.height()).isEqualTo(40);
        byte[] alpha = shown.alpha().orElseThrow();
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 50; x++) {
                boolean inside = x >= 10 && x < 10 + WIDTH && y >= 4 && y < 4 + HEIGHT;
                int at = 50 * y + x;
                assertThat(alpha[at]).isEqualTo((byte) (inside ? 255 : 0));
                if (inside) {
                    int from = 3 * ((y - 4) * WIDTH + x - 10);
                    assertThat(Arrays.copyOfRange(shown.bgr(), 3 * at, 3 * at + 3))
                            .isEqualTo(Arrays.copyOfRange(frame, from, from + 3));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha-raw.webp", "alpha-filter-fast.webp"})
    void aFrameOfAnAnimationHasAlpha(String name) {
        byte[] still = Fixtures.file(name);
        byte[] inside = Arrays.copyOfRange(still, 30, still.length);
        byte[] file = new WebpBuilder()
                .canvas(WebpBuilder.ANIMATION, WIDTH, HEIGHT)
                .frame(0, 0, WIDTH, HEIGHT, inside)
                .file();

        assertThat(Pam.of(WebpPixels.decode(WebpFile.parse(file))))
                .isEqualTo(Pam.of(WebpPixels.decode(WebpFile.parse(still))));
    }

    static Stream<Arguments> broken() {
        byte[] chunk = WebpBuilder.bytes("VP8 ", LOSSY);
        return Stream.of(
                Arguments.of("no picture", extended().file()),
                Arguments.of(
                        "another canvas",
                        new WebpBuilder()
                                .canvas(0, 32, HEIGHT)
                                .chunk("VP8 ", LOSSY)
                                .file()),
                Arguments.of(
                        "a header that is cut short",
                        new WebpBuilder()
                                .chunk("VP8X", new byte[9])
                                .chunk("VP8 ", LOSSY)
                                .file()),
                Arguments.of("an animation without a frame", animation().file()),
                Arguments.of(
                        "a frame beyond the right edge",
                        animation().frame(20, 0, WIDTH, HEIGHT, chunk).file()),
                Arguments.of(
                        "a frame below the canvas",
                        animation().frame(0, 12, WIDTH, HEIGHT, chunk).file()),
                Arguments.of(
                        "a frame of another size",
                        animation().frame(0, 0, WIDTH - 1, HEIGHT, chunk).file()),
                Arguments.of(
                        "a frame without a picture",
                        animation().frame(0, 0, WIDTH, HEIGHT, new byte[0]).file()),
                Arguments.of(
                        "a chunk in a frame that is cut short",
                        animation()
                                .frame(0, 0, WIDTH, HEIGHT, Arrays.copyOf(chunk, 90))
                                .file()),
                Arguments.of(
                        "alpha without data",
                        extended()
                                .chunk("ALPH", new byte[0])
                                .chunk("VP8 ", LOSSY)
                                .file()),
                Arguments.of(
                        "alpha of an unknown method",
                        extended()
                                .chunk("ALPH", new byte[] {2, 0})
                                .chunk("VP8 ", LOSSY)
                                .file()),
                Arguments.of(
                        "alpha that is too short",
                        extended()
                                .chunk("ALPH", new byte[WIDTH * HEIGHT])
                                .chunk("VP8 ", LOSSY)
                                .file()),
                Arguments.of(
                        "metadata beyond the end",
                        changed(
                                extended()
                                        .chunk("VP8 ", LOSSY)
                                        .chunk("EXIF", new byte[4])
                                        .file(),
                                -8,
                                5)),
                Arguments.of(
                        "a file that states less than its picture", changed(SIMPLE, 4 - SIMPLE.length, LOSSY.length)),
                Arguments.of("a file that states nothing", changed(SIMPLE, 4 - SIMPLE.length, 0)),
                Arguments.of("no start code", WebpBuilder.simple("VP8 ", changed(LOSSY, 3 - LOSSY.length, 0))),
                Arguments.of("no signature", WebpBuilder.simple("VP8L", new byte[20])));
    }

    private static WebpBuilder animation() {
        return new WebpBuilder().canvas(WebpBuilder.ANIMATION, 50, 40);
    }

    /** The file with a byte changed, counted from the end. */
    private static byte[] changed(byte[] file, int at, int value) {
        byte[] changed = file.clone();
        changed[file.length + at] = (byte) value;
        return changed;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void aFileWhosePartsContradictEachOtherIsDamaged(String what, byte[] file) {
        assertThatThrownBy(() -> WebpPixels.decode(WebpFile.parse(file))).isInstanceOf(DamagedWebpException.class);
    }

    static Stream<Arguments> unsupported() {
        return Stream.of(
                Arguments.of("an inter frame", change(LOSSY, first -> first | 1), "VP8 "),
                Arguments.of("version 4", change(LOSSY, first -> first | 8), "VP8 "),
                Arguments.of("a hidden frame", change(LOSSY, first -> first & ~16), "VP8 "),
                Arguments.of("lossless of version 1", new byte[] {0x2F, 0, 0, 0, 0x20, 0}, "VP8L"));
    }

    private static byte[] change(byte[] data, UnaryOperator<Integer> first) {
        byte[] changed = data.clone();
        changed[0] = (byte) (int) first.apply((int) data[0]);
        return changed;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsupported")
    void aKindThatIsNotReadIsNamed(String what, byte[] bitstream, String chunk) {
        assertThatThrownBy(() -> WebpFile.parse(WebpBuilder.simple(chunk, bitstream)))
                .isInstanceOf(UnsupportedWebpException.class)
                .hasMessageStartingWith("A ");
    }

    @Test
    void onlyTheLastPaddingByteMayBeMissing() {
        byte[] file = extended().chunk("VP8 ", LOSSY).chunk("EXIF", new byte[3]).file();

        assertThat(WebpFile.parse(Arrays.copyOf(file, file.length - 1)).exif()).contains(new byte[3]);
        assertThatThrownBy(() -> WebpFile.parse(Arrays.copyOf(file, file.length - 2)))
                .isInstanceOf(WebpException.class);
    }
}
