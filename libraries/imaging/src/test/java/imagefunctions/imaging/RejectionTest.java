package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.error.BadParameterException;
import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.ImageException;
import imagefunctions.imaging.error.NotAnImageException;
import imagefunctions.imaging.error.TooManyPixelsException;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RejectionTest {

    private static final Map<String, Class<? extends ImageException>> ERRORS = Map.of(
            "not an image",
            NotAnImageException.class,
            "damaged",
            DamagedImageException.class,
            "too many pixels",
            TooManyPixelsException.class);

    @ParameterizedTest
    @MethodSource("imagefunctions.imaging.Fixtures#refused")
    void everyBadSampleIsRefusedForItsReason(String file, String error) {
        assertThat(ERRORS).containsKey(error);
        for (Recipe recipe : Recipe.all()) {
            assertThatThrownBy(() -> Photos.run(recipe, Fixtures.file(file))).isInstanceOf(ERRORS.get(error));
        }
    }

    @Test
    void anEmptyBodyIsRefusedInItsOwnWords() {
        assertThatThrownBy(() -> Photos.run(Recipe.BW, new byte[0]))
                .isInstanceOf(NotAnImageException.class)
                .hasMessageContaining("Nothing was sent")
                .hasMessageContaining("Send a JPEG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "hello, world", "<html></html>", "GIF", "\0\0\0\0\0\0\0\0", "RIFF....WAVE"})
    void bytesThatAreNotAnImageAreRefused(String text) {
        assertThatThrownBy(() -> Photos.run(Recipe.BW, text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(NotAnImageException.class)
                .hasMessageContaining("Send a JPEG");
    }

    @ParameterizedTest
    @CsvSource({
        "0000001C66747970686569630000000068656963, a HEIC picture",
        "0000001C6674797061766966, an AVIF picture",
        "FF0AFA7F01900806, a JPEG XL picture",
        "0000000C4A584C200D0A870A, a JPEG XL picture",
        "0000000C6A5020200D0A870A, a JPEG 2000 picture",
        "1F8B0800000000000003, compressed with gzip: send it as it was before",
        "255044462D312E37, a PDF document",
        "4949524F08000000, a camera's raw picture",
        "4949550018000000, a camera's raw picture",
        "4241000000000000000000000000424D, an array of bitmaps",
        "3842505300010000, a Photoshop document"
    })
    void whatPeopleTakeForAPictureIsNamed(String hex, String kind) {
        assertThatThrownBy(() -> Photos.run(Recipe.BW, HexFormat.of().parseHex(hex)))
                .isInstanceOf(NotAnImageException.class)
                .hasMessageContaining("This is " + kind + ". Send a JPEG, PNG");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 25, 50, 75, 90, 95, 99})
    void aPictureThatIsCutShortIsDamaged(int percent) {
        BufferedImage image = Photos.gradient(320, 240);
        for (byte[] whole : List.of(Photos.png(image), Photos.jpeg(320, 240))) {
            byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);

            assertThatThrownBy(() -> Photos.run(Recipe.BW, cut))
                    .isInstanceOf(DamagedImageException.class)
                    .hasMessageContaining("Send the whole, undamaged file again");
        }
    }

    @Test
    void aJpegThatLacksOnlyItsEndMarkerIsRead() {
        byte[] whole = Photos.jpeg(320, 240);

        assertThat(Photos.run(Recipe.BW, Arrays.copyOf(whole, whole.length - 2)))
                .isEqualTo(Photos.run(Recipe.BW, whole));
    }

    @Test
    void bytesAfterTheEndMarkerDoNotMatter() {
        byte[] whole = Photos.jpeg(320, 240);

        assertThat(Photos.run(Recipe.BW, Arrays.copyOf(whole, whole.length + 1000)))
                .isEqualTo(Photos.run(Recipe.BW, whole));
    }

    @ParameterizedTest
    @CsvSource({
        // Start, frame header of 65535 x 65535 in three components, start of scan, and nothing else.
        "FFD8 FFC0 0011 08 FFFF FFFF 03 012200 021101 031101 FFDA 000C 03 0100 0211 0311 003F00",
        // Signature, IHDR of 65535 x 65535 in 8-bit RGB, without a pixel.
        "89504E470D0A1A0A 0000000D 49484452 0000FFFF 0000FFFF 0802000000 39674E07",
        // GIF screen and picture of 65535 x 65535.
        "474946383961 FFFF FFFF 800000 000000FFFFFF 2C 00000000 FFFF FFFF 00 02 02 4401 00 3B",
        // Bitmap of 65535 x 65535 in 24 bits.
        "424D 36000000 00000000 36000000 28000000 FFFF0000 FFFF0000 0100 1800 00000000 00000000 00000000 00000000 00000000 00000000"
    })
    void aHeaderWithTooManyPixelsIsRefusedBeforeAnythingIsDecoded(String hex) {
        assertThatThrownBy(() -> Photos.run(Recipe.THUMBNAIL, HexFormat.of().parseHex(hex.replace(" ", ""))))
                .isInstanceOf(TooManyPixelsException.class)
                .hasMessageContaining("65535 x 65535")
                .hasMessageContaining("at most 100000000")
                .hasNoCause();
    }

    @Test
    void theLimitIsInclusive() {
        Imaging small = new Imaging(new PixelLimit(320 * 240));

        assertThatCode(() -> small.run(Photos.jpeg(320, 240), Recipe.BW.with(Map.of())))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> small.run(Photos.jpeg(321, 240), Recipe.BW.with(Map.of())))
                .isInstanceOf(TooManyPixelsException.class);
    }

    @Test
    void aJpegThatIsTooShortForItsPixelsIsRefusedBeforeMemoryIsAllocated() {
        byte[] file = Photos.jpeg(320, 240);
        for (int at = 0; at < file.length - 8; at++) {
            if ((file[at] & 0xFF) == 0xFF && (file[at + 1] & 0xFF) == 0xC0) {
                file[at + 5] = 0x26;
                file[at + 7] = 0x26;
            }
        }

        assertThatThrownBy(() -> Photos.run(Recipe.BW, file))
                .isInstanceOf(DamagedImageException.class)
                .hasMessageContaining("too few for its");
    }

    @Test
    void tooManyScansAreRefused() {
        // One block in grey, and a table with the one code that says that it does not differ from nothing.
        String header = "FFD8 FFDB 0043 00" + "01".repeat(64) + "FFC2 000B 08 0008 0008 01 01 11 00 FFC4 0014 00 01"
                + "00".repeat(16);
        String scan = "FFDA 0008 01 0100 00 00 00 7F";
        byte[] file = HexFormat.of().parseHex((header + scan.repeat(101) + "FFD9").replace(" ", ""));

        assertThatThrownBy(() -> Photos.run(Recipe.BW, file))
                .isInstanceOf(NotAnImageException.class)
                .hasMessageContaining("more than 100 scans");
    }

    @ParameterizedTest
    @CsvSource({
        "C3, lossless coding",
        "C6, hierarchical coding",
        "C9, arithmetic coding",
        "CA, arithmetic coding",
        "C000110C, 12 bits a sample",
        "C100110C, 12 bits a sample",
        "C200110C, 12 bits a sample",
        "F7, JPEG-LS coding"
    })
    void otherKindsOfJpegAreNamedAsUnsupported(String frameHeader, String kind) {
        byte[] header = HexFormat.of().parseHex(frameHeader);
        byte[] file = Photos.jpeg(32, 32);
        for (int at = 0; at < file.length - 1; at++) {
            if ((file[at] & 0xFF) == 0xFF && (file[at + 1] & 0xFF) == 0xC0) {
                System.arraycopy(header, 0, file, at + 1, header.length);
            }
        }

        for (Recipe recipe : Recipe.all()) {
            assertThatThrownBy(() -> Photos.run(recipe, file))
                    .isInstanceOf(NotAnImageException.class)
                    .hasMessageContaining(kind)
                    .hasMessageContaining("Save the picture as");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "draft | width | 0 | a whole number from 1 to 65535",
                "draft | height | 65536 | a whole number from 1 to 65535",
                "draft | size | -1 | a whole number from 1 to 65535",
                "draft | size | 0 | a whole number from 1 to 65535",
                "bw | width | 10.5 | a whole number from 1 to 65535",
                "bw | width | 99999999999999999999 | a whole number from 1 to 65535",
                "bw | height | '' | a whole number from 1 to 65535",
                "bw | quality | 0 | a whole number from 1 to 100",
                "thumbnail | quality | 101 | a whole number from 1 to 100",
                "thumbnail | quality | best | a whole number from 1 to 100",
                "thumbnail | autorotate | yes | true or false",
                "transpose | method | rotate_45 | rotate_180, rotate_90",
                "transpose | method | ROTATE_90 | rotate_180, rotate_90",
                "transpose | gainmap | no | keep or drop",
                "draft | cores | 2 | 1 or all",
                "thumbnail | cores | '' | 1 or all",
                "bw | gainmap | '' | width, height, quality, autorotate, keep, cores",
                "bw | keep | gps | copyright or nothing",
                "transpose | size | '' | method, width, height, quality, autorotate, gainmap, keep, cores",
                "bw | colour | '' | width, height, quality, autorotate, keep"
            })
    void aBadParameterIsNamedWithWhatIsAllowed(String recipe, String name, String value, String allowed) {
        assertThatThrownBy(() -> Recipe.named(recipe).orElseThrow().with(Map.of(name, value)))
                .isInstanceOf(BadParameterException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(value)
                .hasMessageContaining(": give " + allowed);
    }

    @Test
    void aBadParameterIsNotEchoedAtAnyLength() {
        String wolves = "\uD83D\uDC3A".repeat(1000);
        String echoed = "\uD83D\uDC3A".repeat(59) + "…";

        assertThatThrownBy(() -> Recipe.BW.with(Map.of("width", wolves)))
                .hasMessage("width=" + echoed + " is not allowed: give a whole number from 1 to 65535.");
        assertThatThrownBy(() -> Recipe.BW.with(Map.of(wolves, "1")))
                .hasMessage(
                        "There is no parameter " + echoed + ": give width, height, quality, autorotate, keep, cores.");
    }

    @Test
    void aParameterWithoutANameIsDescribedAsSuch() {
        assertThatThrownBy(() -> Recipe.BW.with(Map.of("", "1")))
                .hasMessage(
                        "There is no parameter without a name: give width, height, quality, autorotate, keep, cores.");
    }

    @Test
    void sizeExcludesWidth() {
        assertThatThrownBy(() -> Recipe.DRAFT.with(Map.of("size", "50", "width", "60")))
                .isInstanceOf(BadParameterException.class)
                .hasMessageContaining("either size alone or width and height");
    }
}
