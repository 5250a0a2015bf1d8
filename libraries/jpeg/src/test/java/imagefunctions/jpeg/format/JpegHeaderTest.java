package imagefunctions.jpeg.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.jpeg.reference.Corpus;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JpegHeaderTest {
    private static final String JFIF = "FFE0 0010 4A46494600 0101 00 0001 0001 0000";
    private static final String ADOBE_RGB = "FFEE 000E 41646F6265 0064 0000 0000 00";
    private static final String ADOBE_YCC = "FFEE 000E 41646F6265 0064 0000 0000 01";
    private static final String ADOBE_YCCK = "FFEE 000E 41646F6265 0064 0000 0000 02";

    /** A header with components of these ids. */
    private static JpegHeader header(String segments, int... ids) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(hex("FFD8" + segments));
        file.writeBytes(hex("FFC0 00%02X 08 0010 0020 %02X".formatted(8 + 3 * ids.length, ids.length)));
        for (int id : ids) {
            file.writeBytes(new byte[] {(byte) id, 0x11, 0});
        }
        file.writeBytes(hex("FFDA 0008 01 0100 003F00"));
        return JpegHeader.read(file.toByteArray());
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "'', YCBCR",
        JFIF + ", YCBCR",
        ADOBE_RGB + ", RGB",
        ADOBE_YCC + ", YCBCR",
        ADOBE_YCCK + ", YCBCR",
        JFIF + ADOBE_RGB + ", YCBCR"
    })
    void threeComponentsAreWhatLibjpegTakesThemFor(String segments, ColourModel model) {
        assertThat(header(segments, 1, 2, 3).colourModel()).isEqualTo(model);
    }

    @ParameterizedTest
    @CsvSource({"'', RGB", JFIF + ", YCBCR", ADOBE_RGB + ", RGB", ADOBE_YCC + ", YCBCR"})
    void componentIdsCountWhereNoSegmentDecides(String segments, ColourModel model) {
        assertThat(header(segments, 'R', 'G', 'B').colourModel()).isEqualTo(model);
    }

    @Test
    void otherNumbersOfComponentsHaveTheirModels() {
        assertThat(header("", 1).colourModel()).isEqualTo(ColourModel.GREY);
        assertThat(header("", 1, 2).colourModel()).isEqualTo(ColourModel.UNKNOWN);
        assertThat(header("", 1, 2, 3, 4).colourModel()).isEqualTo(ColourModel.CMYK);
        assertThat(header(ADOBE_RGB, 1, 2, 3, 4).colourModel()).isEqualTo(ColourModel.CMYK);
        assertThat(header(ADOBE_YCCK, 1, 2, 3, 4).colourModel()).isEqualTo(ColourModel.YCCK);
        assertThat(header("", 1, 2, 3, 4, 5).colourModel()).isEqualTo(ColourModel.UNKNOWN);
    }

    @Test
    void aWideTableBehindANarrowOneOfItsSegmentIsSeen() {
        byte[] narrow = new byte[65];
        byte[] wide = new byte[129];
        wide[0] = 0x11;
        Arrays.fill(wide, 1, wide.length, (byte) 1);
        String both = HexFormat.of().formatHex(narrow) + HexFormat.of().formatHex(wide);

        assertThat(header("FFDB 0043" + both.substring(0, 130), 1).wideTables()).isFalse();
        assertThat(header("FFDB 00C4" + both, 1).wideTables()).isTrue();
    }

    @Test
    void tablesAreKeptWithAllTheirSteps() {
        JpegHeader header = JpegHeader.read(Corpus.bytes("wide-steps.jpg"));
        QuantisationTable table =
                header.table(header.frame().components().getFirst()).orElseThrow();

        assertThat(table.baseline()).isNotEqualTo(table);
        assertThat(Arrays.stream(table.baseline().naturalOrder()).max()).hasValue(255);
        assertThat(table.transposed().transposed()).isEqualTo(table);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_519, 65_520, 200_000, 255 * 65_519})
    void aProfileIsReadAsItWasPutIn(int length) {
        byte[] profile = new byte[length];
        new Random(length).nextBytes(profile);
        byte[] file = IccSegments.inserted(Corpus.bytes("odd-420.jpg"), profile);

        assertThat(JpegHeader.read(file).iccProfile()).hasValue(profile);
        assertThat(JpegHeader.read(file).metadata()).hasSize(1 + (length + 65_518) / 65_519);
    }

    @ParameterizedTest
    @CsvSource({
        "FFD8 FFD9, The JPEG file ends before its pixels begin.",
        "FFD8 FFC0 0011 08, The JPEG file ends before its pixels begin.",
        "FFD8 FFDA 0008 01 0100 003F00, The JPEG file has no frame header.",
        "FFD8 FFC0 000B 08 0010 0010 01 010100 FFDA 0008 01 0100 003F00, The JPEG file's frame header is broken.",
        "FFD8 FFC0 0008 08 0010 0010 01 FFDA 0008 01 0100 003F00, The JPEG file's frame header is broken.",
        "8950, The file does not begin as a JPEG file does."
    })
    void whatIsNoHeaderIsRefused(String digits, String message) {
        assertThatThrownBy(() -> JpegHeader.read(hex(digits)))
                .isInstanceOf(DamagedJpegException.class)
                .hasMessage(message);
    }

    @Test
    void moreSegmentsThanAnyFileHasAreRefused() {
        assertThatThrownBy(() -> header("FFDD 0004 0000".repeat(JpegLimits.MAX_SEGMENTS), 1))
                .isInstanceOf(UnsupportedJpegException.class)
                .hasMessageContaining("marker segments");
    }
}
