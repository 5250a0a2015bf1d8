package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.imaging.error.DamagedImageException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** If data is missing from a JPEG file, it is refused; libjpeg would make up pixels and warn. */
class MadeUpPixelsTest {

    // ITU-T T.81, table B.1.
    private static final int DHT = 0xC4;
    private static final int RST0 = 0xD0;
    private static final int SOS = 0xDA;

    /** The second component. */
    private static final int BLUE_DIFFERENCE = 2;

    @Test
    void aScanThatEndsTooEarlyIsDamaged() {
        byte[] file = Fixtures.file("grey.jpg");

        assertDamaged(without(file, file.length - 100, file.length - 2));
    }

    @Test
    void anInvalidHuffmanCodeIsDamaged() {
        byte[] file = Fixtures.file("grey.jpg");
        // No Huffman code is all ones (ITU-T T.81, C.2); a zero follows each 0xFF of a scan.
        for (int i = 0; i < 8; i++) {
            file[file.length / 2 + i] = (byte) (i % 2 == 0 ? 0xFF : 0);
        }

        assertDamaged(file);
    }

    @Test
    void aMissingRestartIntervalIsDamaged() {
        byte[] file = Fixtures.file("restart-rows.jpg");
        int scan = marker(file, SOS, 0);

        assertDamaged(without(file, marker(file, RST0 + 1, scan), marker(file, RST0 + 2, scan)));
    }

    @Test
    void aMissingFirstScanOfAProgressiveFileIsDamaged() {
        byte[] file = Fixtures.file("progressive-grey.jpg");
        int scan = marker(file, SOS, 0);

        assertDamaged(without(file, scan, marker(file, DHT, scan)));
    }

    @Test
    void whatIsHarmlessDoesNotHideWhatIsNot() {
        byte[] file = Fixtures.file("baseline-420.jpg");
        // Samsung's cameras leave the last three bytes of a sequential scan's header empty.
        int end = marker(file, SOS, 0) + 14;
        Arrays.fill(file, end - 3, end, (byte) 0);

        assertThat(Photos.run(Recipe.BW, file)).isEqualTo(Photos.run(Recipe.BW, Fixtures.file("baseline-420.jpg")));
        for (Recipe recipe : Recipe.all()) {
            assertThatThrownBy(() -> Photos.run(recipe, Arrays.copyOf(file, file.length / 2)))
                    .isInstanceOf(DamagedImageException.class);
        }
    }

    /** Reserved, of other kinds of frame, of no length, of a number of lines, of metadata: libjpeg skips what follows, or gives up. */
    @ParameterizedTest
    @ValueSource(ints = {0x9B, 0xC8, 0xF0, 0x01, 0xDC, 0xE5, 0xFE})
    void aProgressiveScanWhoseMarkerIsAnotherIsMissing(int marker) {
        byte[] whole = Fixtures.file("progressive-420.jpg");
        for (int scan = marker(whole, SOS, 0); scan >= 0; scan = next(whole, SOS, scan + 2)) {
            byte[] file = whole.clone();
            file[scan + 1] = (byte) marker;

            assertDamaged(Recipe.TRANSPOSE, file);
            assertDamaged(Recipe.BW, file);
        }
    }

    /** A sequential scan's first and last coefficient, and bits (ITU-T T.81, B.2.3). */
    @ParameterizedTest
    @CsvSource({
        "003F00, true",
        "000000, true",
        "013F00, false",
        "003E00, false",
        "004000, false",
        "003F01, false",
        "003F10, false",
        "3F00D0, false"
    })
    void aSequentialScanThatDoesNotHoldAllCoefficientsIsDamaged(String fields, boolean read) {
        byte[] whole = Fixtures.file("baseline-420.jpg");
        byte[] file = whole.clone();
        System.arraycopy(HexFormat.of().parseHex(fields), 0, file, marker(file, SOS, 0) + 11, 3);

        for (Recipe recipe : Recipe.all()) {
            if (read) {
                assertThat(Photos.run(recipe, file)).isEqualTo(Photos.run(recipe, whole));
            } else {
                assertDamaged(recipe, file);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"progressive-420.jpg, true", "three-scans.jpg, true", "baseline-420.jpg, false"})
    void aGreyAnswerIsTheSameWhereDamageIsInScansOfColourAlone(String name, boolean ownScans) {
        byte[] whole = Fixtures.file(name);
        byte[] file = whole.clone();
        int scan = marker(file, SOS, 0);
        while (ownScans && file[scan + 5] != BLUE_DIFFERENCE) {
            scan = marker(file, SOS, scan + 2);
        }
        int data = scan + 8 + 2 * file[scan + 4];
        for (int i = 0; i < 8; i++) {
            file[data + 20 + i] = (byte) (i % 2 == 0 ? 0xFF : 0);
        }

        for (Recipe recipe : List.of(Recipe.BW, Recipe.DRAFT)) {
            if (ownScans) {
                assertThat(Photos.run(recipe, file)).isEqualTo(Photos.run(recipe, whole));
            } else {
                assertDamaged(recipe, file);
            }
        }
        assertDamaged(Recipe.TRANSPOSE, file);
    }

    private static void assertDamaged(byte[] file) {
        assertDamaged(Recipe.BW, file);
    }

    private static void assertDamaged(Recipe recipe, byte[] file) {
        assertThatThrownBy(() -> Photos.run(recipe, file))
                .isInstanceOf(DamagedImageException.class)
                .hasMessageEndingWith("Send the whole, undamaged file again.");
    }

    private static int marker(byte[] file, int marker, int from) {
        int at = next(file, marker, from);
        assertThat(at).isNotNegative();
        return at;
    }

    private static int next(byte[] file, int marker, int from) {
        for (int at = from; at < file.length - 1; at++) {
            if (file[at] == (byte) 0xFF && file[at + 1] == (byte) marker) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] without(byte[] file, int start, int end) {
        ByteArrayOutputStream shorter = new ByteArrayOutputStream();
        shorter.writeBytes(Arrays.copyOf(file, start));
        shorter.write(file, end, file.length - end);
        return shorter.toByteArray();
    }
}
