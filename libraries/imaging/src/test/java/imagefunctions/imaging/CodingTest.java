package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.pixels.Coding;
import imagefunctions.jpeg.format.QuantisationTable;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodingTest {

    /** What no quality gives: every step different, so that a swap shows. */
    private static final QuantisationTable LUMA = table(i -> 1 + i / 4);

    private static final QuantisationTable CHROMA = table(i -> 3 + i / 2);

    private static QuantisationTable table(IntUnaryOperator step) {
        return QuantisationTable.ofZigzag(IntStream.range(0, 64).map(step).toArray());
    }

    // Written by Pillow 9.4 with save(quality=N), zigzag order.
    @ParameterizedTest
    @CsvSource({
        "1, ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "25, 2016181c1814201c1a1c24222026305034302c2c3062464a3a5074667a787266706e8090b89c8088ae8a6e70a0daa2aebec4ced0ce7c9ae2f2e0c8f0b8cacec6, 222424302a305e34345ec6847084c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6",
        "50, 100b0c0e0c0a100e0d0e1211101318281a181616183123251d283a333d3c3933383740485c4e404457453738506d51575f626768673e4d71797064785c656763, 1112121815182f1a1a2f634238426363636363636363636363636363636363636363636363636363636363636363636363636363636363636363636363636363",
        "75, 080606070605080707070909080a0c140d0c0b0b0c1912130f141d1a1f1e1d1a1c1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432, 0909090c0b0c180d0d1832211c213232323232323232323232323232323232323232323232323232323232323232323232323232323232323232323232323232",
        "95, 0201010101010201010102020202020403020202020504040304060506060605060606070908060709070606080b08090a0a0a0a0a06080b0c0b0a0c090a0a0a, 020202020202050303050a0706070a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
        "100, 01010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101, 01010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101"
    })
    void aQualityGivesPillowsTables(int quality, String luma, String chroma) {
        byte[] result = Photos.run(Recipe.TRANSPOSE, Photos.jpeg(40, 30), "quality=" + quality);

        assertThat(JpegSegments.of(result).tables().stream().map(CodingTest::hex))
                .containsExactly(luma, chroma, chroma);
        assertThat(JpegSegments.of(result).sampling()).containsExactly("2x2", "1x1", "1x1");
    }

    @ParameterizedTest
    @CsvSource({"draft", "thumbnail"})
    void smallPicturesAreCodedAtQuality75(String recipe) {
        byte[] file = Photos.jpeg(40, 30);
        Recipe small = Recipe.named(recipe).orElseThrow();

        assertThat(Photos.run(small, file)).isEqualTo(Photos.run(small, file, "quality=75"));
    }

    @Test
    void aPictureThatIsNoJpegIsCodedAtQuality75() {
        byte[] file = Photos.png(Photos.gradient(40, 30));

        assertThat(Photos.run(Recipe.TRANSPOSE, file)).isEqualTo(Photos.run(Recipe.TRANSPOSE, file, "quality=75"));
        assertThat(Photos.run(Recipe.BW, file)).isEqualTo(Photos.run(Recipe.BW, file, "quality=75"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "1, 2", "2, 2", "4, 1"})
    void aTransformKeepsTheSourcesTablesAndSampling(int across, int down) {
        byte[] source = source(across, down);
        JpegSegments before = JpegSegments.of(source);
        JpegSegments upsideDown = JpegSegments.of(Photos.run(Recipe.TRANSPOSE, source, "width=20"));
        JpegSegments onItsSide = JpegSegments.of(Photos.run(Recipe.TRANSPOSE, source, "method=rotate_90"));

        assertThat(before.sampling()).containsExactly(across + "x" + down, "1x1", "1x1");
        assertThat(upsideDown.tables()).isEqualTo(before.tables());
        assertThat(upsideDown.sampling()).isEqualTo(before.sampling());
        assertThat(onItsSide.tables()).isNotEqualTo(before.tables());
        assertThat(onItsSide.sampling()).containsExactly(down + "x" + across, "1x1", "1x1");
        assertThat(JpegSegments.of(Photos.run(
                                Recipe.TRANSPOSE,
                                Photos.run(Recipe.TRANSPOSE, source, "method=rotate_90"),
                                "method=rotate_270"))
                        .tables())
                .isEqualTo(before.tables());
    }

    @ParameterizedTest
    @CsvSource({"3, 2, 1", "4, 3, 1", "1, 1, 7"})
    void samplingThatFewCanReadBecomesNone(int luma, int blue, int red) {
        Coding.Component[] components = {
            new Coding.Component(luma, 1, LUMA),
            new Coding.Component(blue, 1, CHROMA),
            new Coding.Component(red, 1, CHROMA)
        };

        assertThat(new Coding(List.of(components)).encodable().components())
                .allSatisfy(component -> assertThat(component.across()).isEqualTo(1));
    }

    @Test
    void blackAndWhiteKeepsTheTableOfLuma() {
        byte[] source = source(2, 1);
        JpegSegments grey = JpegSegments.of(Photos.run(Recipe.BW, source));

        assertThat(grey.tables())
                .containsExactly(JpegSegments.of(source).tables().getFirst());
        assertThat(grey.sampling()).containsExactly("1x1");
    }

    @Test
    void stepsBeyond255AreClampedSoThatTheResultIsBaseline() {
        byte[] wide = wide(source(1, 1), 300);

        assertThat(JpegSegments.of(Photos.run(Recipe.TRANSPOSE, wide)).tables())
                .allSatisfy(table -> assertThat(table).containsOnly((byte) 255));
    }

    @Test
    void aWideTableBehindANarrowOneInItsSegmentIsNoReasonForAnExtendedResult() {
        byte[] tables = new byte[65 + 129];
        Arrays.fill(tables, 1, 65, (byte) 20);
        tables[65] = 0x11;
        // Bytes of 1 and 1 are steps of 257.
        Arrays.fill(tables, 66, tables.length, (byte) 1);
        byte[] file = JpegSegments.with(JpegSegments.without(source(2, 2), 0xDB), 0xDB, tables);

        assertBaseline(Photos.run(Recipe.TRANSPOSE, file));
        assertBaseline(Photos.run(Recipe.TRANSPOSE, file, "method=rotate_90"));
    }

    @Test
    void aWideTableOfALaterScanIsNoReasonForAnExtendedResult() {
        byte[] file = Fixtures.file("three-scans.jpg");
        int secondScan = file.length - 2;
        for (int scans = 0; scans < 2; secondScan--) {
            scans += (file[secondScan - 1] & 0xFF) == 0xFF && (file[secondScan] & 0xFF) == 0xDA ? 1 : 0;
        }
        byte[] table = new byte[129];
        Arrays.fill(table, (byte) 1);
        table[0] = 0x11;
        byte[] ahead = JpegSegments.with(new byte[2], 0xDB, table);
        ByteArrayOutputStream wide = new ByteArrayOutputStream();
        wide.write(file, 0, secondScan);
        wide.write(ahead, 2, ahead.length - 2);
        wide.write(file, secondScan, file.length - secondScan);

        assertBaseline(Photos.run(Recipe.TRANSPOSE, wide.toByteArray()));
    }

    private static void assertBaseline(byte[] jpeg) {
        assertThat(JpegSegments.of(jpeg).markers()).contains(0xC0).doesNotContain(0xC1);
    }

    @ParameterizedTest
    @CsvSource({"draft", "bw", "thumbnail", "transpose"})
    void everyResultIsBaselineJfif(String recipe) {
        JpegSegments result = JpegSegments.of(Photos.run(Recipe.named(recipe).orElseThrow(), source(2, 2)));

        assertThat(result.markers()).first().isEqualTo(0xE0);
        assertThat(result.markers()).contains(0xC0);
    }

    @ParameterizedTest
    @CsvSource({"draft", "bw", "thumbnail", "transpose"})
    void greyStaysGrey(String recipe) {
        byte[] grey = Photos.jpeg(new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY), Coding.quality(90));

        byte[] result = Photos.run(Recipe.named(recipe).orElseThrow(), grey);

        assertThat(JpegSegments.of(result).sampling()).containsExactly("1x1");
    }

    private static byte[] source(int across, int down) {
        Coding.Component chroma = new Coding.Component(1, 1, CHROMA);
        return Photos.jpeg(
                Photos.gradient(80, 60), new Coding(List.of(new Coding.Component(across, down, LUMA), chroma, chroma)));
    }

    /** The file with two 16-bit tables behind its own, all steps alike. */
    private static byte[] wide(byte[] file, int step) {
        byte[] tables = new byte[2 * 129];
        for (int i = 0; i < tables.length; i++) {
            int inTable = i % 129;
            tables[i] = (byte) (inTable == 0 ? 0x10 | i / 129 : inTable % 2 == 1 ? step >> 8 : step);
        }
        byte[] wide = file.clone();
        int frame = 0;
        while ((wide[frame] & 0xFF) != 0xFF || (wide[frame + 1] & 0xFF) != 0xC0) {
            frame++;
        }
        byte[] head = Arrays.copyOf(wide, frame);
        byte[] tail = Arrays.copyOfRange(wide, frame, wide.length);
        // Only an extended frame may have such tables.
        tail[1] = (byte) 0xC1;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head);
        out.writeBytes(
                new byte[] {(byte) 0xFF, (byte) 0xDB, (byte) ((tables.length + 2) >> 8), (byte) (tables.length + 2)});
        out.writeBytes(tables);
        out.writeBytes(tail);
        return out.toByteArray();
    }

    private static String hex(List<Byte> table) {
        byte[] bytes = new byte[table.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = table.get(i);
        }
        return HexFormat.of().formatHex(bytes);
    }
}
