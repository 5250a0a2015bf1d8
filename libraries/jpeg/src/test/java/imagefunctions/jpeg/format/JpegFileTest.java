package imagefunctions.jpeg.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.jpeg.JpegEdit;
import imagefunctions.jpeg.JpegEngine;
import imagefunctions.jpeg.reference.Coefficients;
import imagefunctions.jpeg.reference.Corpus;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JpegFileTest {
    private static int find(byte[] bytes, int marker) {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == -1 && (bytes[i + 1] & 0xFF) == marker) {
                return i;
            }
        }
        throw new IllegalArgumentException("There is no marker " + marker + ".");
    }

    private static int end(byte[] bytes, int segment) {
        return segment + 2 + ((bytes[segment + 2] & 0xFF) << 8) + (bytes[segment + 3] & 0xFF);
    }

    private static byte[] insert(byte[] bytes, int at, int... values) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + values.length);
        System.arraycopy(bytes, at, longer, at + values.length, bytes.length - at);
        for (int i = 0; i < values.length; i++) {
            longer[at + i] = (byte) values[i];
        }
        return longer;
    }

    @Test
    void theHeaderTellsSizeKindAndSegments() {
        JpegFile file = Corpus.file("odd-420-progressive");
        assertThat(file.width()).isEqualTo(101);
        assertThat(file.height()).isEqualTo(67);
        assertThat(file.progressive()).isTrue();
        assertThat(file.components()).isEqualTo(3);
        assertThat(file.support()).isEqualTo(new Support.Supported());
        assertThat(file.header().metadata()).containsExactly(new Segment(Marker.APP0, 6, 14));
    }

    @ParameterizedTest
    @CsvSource({
        "cmyk, 4 components",
        "arithmetic, arithmetic coding",
        "rgb, RGB",
        "scans-13-blocks, sampling factors that make MCUs of 13 blocks"
    })
    void whatTheGeneralDecoderHasToReadIsKnownFromTheHeader(String name, String reason) {
        assertThat(Corpus.file(name).support()).isEqualTo(new Support.Unsupported(reason));
    }

    @Test
    void rgbIsKnownByItsComponentNamesAloneWhereNoJfifSegmentSaysOtherwise() {
        byte[] bytes = Corpus.bytes("odd-444-optimised.jpg");
        int frame = find(bytes, Marker.SOF0);
        bytes[frame + 10] = 'R';
        bytes[frame + 13] = 'G';
        bytes[frame + 16] = 'B';
        int scan = find(bytes, Marker.SOS);
        bytes[scan + 5] = 'R';
        bytes[scan + 7] = 'G';
        bytes[scan + 9] = 'B';
        assertThat(JpegFile.parse(bytes).support()).isEqualTo(new Support.Supported());

        bytes[find(bytes, Marker.APP0) + 4] = 'X';
        assertThat(JpegFile.parse(bytes).support()).isEqualTo(new Support.Unsupported("RGB"));
    }

    @Test
    void twelveBitsAndLosslessAreNotDecoded() {
        byte[] bytes = Corpus.bytes("grey.jpg");
        int frame = find(bytes, Marker.SOF0);
        bytes[frame + 4] = 12;
        assertThat(JpegFile.parse(bytes).support()).isEqualTo(new Support.Unsupported("12 bits a sample"));
        bytes[frame + 1] = (byte) 0xC3;
        assertThat(JpegFile.parse(bytes).support()).isEqualTo(new Support.Unsupported("lossless coding"));
    }

    @ParameterizedTest
    @CsvSource({
        "FFC5, hierarchical coding",
        "FFC9, arithmetic coding",
        "FFCA, arithmetic coding",
        "FFCB, lossless coding",
        "FFCD, hierarchical coding",
        "FFF7, JPEG-LS coding",
        "FFDE 000B 08 0010 0010 01 011100 FFC0, hierarchical coding"
    })
    void otherProcessesAreNamed(String markers, String name) {
        byte[] file = HexFormat.of()
                .parseHex(("FFD8" + markers + "000B 08 0010 0010 01 011100 FFDA 0008 01 0100 003F00").replace(" ", ""));
        assertThat(JpegHeader.read(file).decodable()).isEqualTo(new Support.Unsupported(name));
    }

    @ParameterizedTest
    @CsvSource({"odd-420, C0", "odd-420, C4", "odd-420, DB", "restart-420, DD", "cmyk, EE"})
    void strayBytesAfterWhatDecodingDependsOnMeanThatItIsDamaged(String name, String marker) {
        byte[] bytes = Corpus.bytes(name + ".jpg");
        byte[] longer = insert(bytes, end(bytes, find(bytes, HexFormat.fromHexDigits(marker))), 7);
        assertThatThrownBy(() -> Coefficients.read(longer)).isInstanceOf(DamagedJpegException.class);
    }

    @ParameterizedTest
    @CsvSource({"odd-420, C0", "odd-420, C4", "odd-420, DB", "odd-420, DA", "restart-420, DD"})
    void whatDecodingDependsOnIsAsLongAsItHasToBe(String name, String marker) {
        byte[] bytes = Corpus.bytes(name + ".jpg");
        int at = find(bytes, HexFormat.fromHexDigits(marker));
        byte[] longer = insert(bytes, end(bytes, at), 0, 0);
        longer[at + 3] = (byte) (longer[at + 3] + 2);
        assertThatThrownBy(() -> Coefficients.read(longer)).isInstanceOf(DamagedJpegException.class);
    }

    /** As libjpeg reads it; of a table that is used, a step of zero means that it is damaged. */
    @ParameterizedTest
    @CsvSource({"3, true", "0, false", "1, false"})
    void aTableOfZerosDoesNoHarmWhereItIsNotUsed(int number, boolean read) {
        byte[] bytes = Corpus.bytes("odd-420.jpg");
        int[] table = new int[2 + 2 + 1 + 64];
        table[0] = 0xFF;
        table[1] = Marker.DQT;
        table[3] = 2 + 1 + 64;
        table[4] = number;
        byte[] longer = insert(bytes, find(bytes, Marker.SOF0), table);

        if (read) {
            assertThat(Coefficients.read(longer)).isDeepEqualTo(Coefficients.read(bytes));
        } else {
            assertThatThrownBy(() -> Coefficients.read(longer))
                    .isInstanceOf(DamagedJpegException.class)
                    .hasMessageContaining("step of 0");
        }
    }

    @Test
    void aScanWhoseHeaderIsLostIsMissed() {
        byte[] bytes = Corpus.bytes("odd-420-progressive.jpg");
        int last = bytes.length - 2;
        while (bytes[last] != -1 || (bytes[last + 1] & 0xFF) != Marker.SOS) {
            last--;
        }
        Arrays.fill(bytes, last, last + 2, (byte) 0);
        assertThatThrownBy(() -> Coefficients.read(bytes)).isInstanceOf(DamagedJpegException.class);
    }

    @Test
    void componentsWithTheSameIdAreReadInTheirOrder() {
        byte[] bytes = Corpus.bytes("odd-420.jpg");
        int[][][] expected = Coefficients.read(bytes);
        int frame = find(bytes, Marker.SOF0);
        int scan = find(bytes, Marker.SOS);
        for (int c = 0; c < 3; c++) {
            bytes[frame + 10 + 3 * c] = 1;
            bytes[scan + 5 + 2 * c] = 1;
        }
        assertThat(Coefficients.read(bytes)).isDeepEqualTo(expected);
    }

    @Test
    void motionJpegMeansTheStandardTables() {
        byte[] bytes = Corpus.bytes("odd-420.jpg");
        int[][][] expected = Coefficients.read(bytes);
        for (Segment segment : JpegHeader.read(bytes).segments().reversed()) {
            if (segment.marker() == Marker.DHT) {
                byte[] without = Arrays.copyOf(bytes, bytes.length - segment.length() - 4);
                System.arraycopy(bytes, segment.end(), without, segment.start(), bytes.length - segment.end());
                bytes = without;
            }
        }
        assertThat(Coefficients.read(bytes)).isDeepEqualTo(expected);
    }

    @Test
    void aHugePictureIsRefusedFromItsHeader() {
        byte[] bytes = Corpus.bytes("grey.jpg");
        int frame = find(bytes, Marker.SOF0);
        // 65500 is 0xFFDC.
        bytes[frame + 5] = (byte) 0xFF;
        bytes[frame + 6] = (byte) 0xDC;
        bytes[frame + 7] = (byte) 0xFF;
        bytes[frame + 8] = (byte) 0xDC;
        assertThatThrownBy(() -> JpegFile.parse(bytes))
                .isInstanceOf(UnsupportedJpegException.class)
                .hasMessageContaining("65500 x 65500");
        JpegFile allowed = JpegFile.parse(bytes, new JpegLimits(Long.MAX_VALUE, 10));
        assertThatThrownBy(() -> new JpegEngine().edit(allowed, JpegEdit.NONE.greyed()))
                .isInstanceOf(DamagedJpegException.class)
                .hasMessageContaining("too few for its");
    }

    @ParameterizedTest
    @CsvSource({"5, 65500, true", "5, 65501, false", "7, 65500, true", "7, 65535, false"})
    void aSideIsAsLongAsLibjpegAllows(int sideAt, int side, boolean allowed) {
        byte[] bytes = Corpus.bytes("grey.jpg");
        int at = find(bytes, Marker.SOF0) + sideAt;
        bytes[at] = (byte) (side >> 8);
        bytes[at + 1] = (byte) side;
        if (allowed) {
            assertThat(JpegFile.parse(bytes).header().frame()).isNotNull();
        } else {
            assertThatThrownBy(() -> JpegFile.parse(bytes))
                    .isInstanceOf(UnsupportedJpegException.class)
                    .hasMessageContaining("65500 for a side");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aligned-420", "odd-420-progressive", "restart-420", "scans-420"})
    void fillBytesJunkAndAMissingEndDoNoHarm(String name) {
        byte[] bytes = Corpus.bytes(name + ".jpg");
        int[][][] expected = Coefficients.read(bytes);
        byte[] changed = Arrays.copyOf(bytes, bytes.length - 2);
        changed = insert(changed, find(changed, Marker.SOS), 0xFF, 0xFF, 0xFF);
        changed = insert(changed, find(changed, Marker.DQT), 1, 2, 3, 0xFF, 0x00);
        assertThat(Coefficients.read(changed)).isDeepEqualTo(expected);
    }

    @Test
    void aFileThatIsCutOffIsRefused() {
        byte[] bytes = Corpus.bytes("odd-420.jpg");
        for (int length = 0; length < bytes.length - 8; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Coefficients.read(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(DamagedJpegException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"odd-420-progressive", "grey-progressive", "quality-100-progressive"})
    void aProgressiveFileThatIsCutOffIsRefusedOrWhole(String name) {
        byte[] bytes = Corpus.bytes(name + ".jpg");
        int[][][] whole = Coefficients.read(bytes);
        int refused = 0;
        for (int length = bytes.length - 1; length > 0; length -= length < bytes.length - 40 ? 7 : 1) {
            byte[] cut = Arrays.copyOf(bytes, length);
            try {
                assertThat(Coefficients.read(cut)).as("%d bytes", length).isDeepEqualTo(whole);
            } catch (DamagedJpegException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void tooManyScansAreRefused() {
        byte[] bytes = Corpus.bytes("odd-420-progressive.jpg");

        assertThatThrownBy(() -> JpegFile.parse(bytes, new JpegLimits(1_000_000, 3)))
                .isInstanceOf(UnsupportedJpegException.class)
                .hasMessageContaining("more than 3 scans");
    }

    @Test
    void scansThatPassOverTooManyBlocksAreRefused() {
        byte[] bytes = Corpus.bytes("odd-420-progressive.jpg");
        int frame = find(bytes, Marker.SOF2);
        // 65500 x 1500 is 0xFFDC x 0x05DC, within the limit on pixels.
        System.arraycopy(new byte[] {(byte) 0xFF, (byte) 0xDC, 0x05, (byte) 0xDC}, 0, bytes, frame + 5, 4);
        JpegLimits limits = new JpegLimits(100_000_000, 100);
        long blocks = JpegHeader.read(bytes).scans().blocks();
        assertThat(blocks).isLessThan(limits.maxBlocks());
        int scan = JpegHeader.read(bytes).firstScan().start();
        byte[] many = Arrays.copyOf(bytes, bytes.length + 100 * 12);
        byte[] header = Arrays.copyOfRange(bytes, scan, scan + 14);
        for (int i = 0; i < 80; i++) {
            System.arraycopy(header, 0, many, bytes.length - 2 + i * header.length, header.length);
        }

        assertThatThrownBy(() -> JpegFile.parse(many, limits))
                .isInstanceOf(UnsupportedJpegException.class)
                .hasMessageContaining("blocks of 8 x 8 samples");
    }
}
