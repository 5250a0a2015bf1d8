package imagefunctions.jpeg.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.JpegException;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.Scan;
import imagefunctions.jpeg.format.ScanReader;
import imagefunctions.jpeg.reference.Coefficients;
import imagefunctions.jpeg.reference.Corpus;
import imagefunctions.jpeg.write.RandomJpeg;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CoefficientReaderTest {

    @ParameterizedTest
    @FieldSource({
        "imagefunctions.jpeg.reference.Corpus#SEQUENTIAL",
        "imagefunctions.jpeg.reference.Corpus#LUMA_BELOW_CHROMA"
    })
    void theFastReaderFindsWhatTheSlowDecoderFinds(String name) {
        byte[] bytes = Corpus.bytes(name + ".jpg");
        int[][][] expected = Coefficients.slow(bytes);
        assertThat(Coefficients.read(bytes)).isDeepEqualTo(expected);
        assertThat(Coefficients.decoded(bytes)).isDeepEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void whatIsLargerThanWhatMayBeLeftOutIsRead(int discarded) {
        for (int seed = 0; seed < 12; seed++) {
            byte[] bytes = RandomJpeg.make(seed, 100);
            assertThat(Coefficients.decoded(bytes, discarded))
                    .as("seed %d", seed)
                    .isDeepEqualTo(Coefficients.without(discarded, Coefficients.slow(bytes)));
        }
        for (String name : List.of("odd-420", "quality-100", "scans-420", "restart-row-422")) {
            byte[] bytes = Corpus.bytes(name + ".jpg");
            assertThat(Coefficients.decoded(bytes, discarded))
                    .as(name)
                    .isDeepEqualTo(Coefficients.without(discarded, Coefficients.slow(bytes)));
        }
    }

    @ParameterizedTest
    @FieldSource("imagefunctions.jpeg.reference.Corpus#BOTH")
    void aProgressiveFileHoldsWhatItsSequentialSourceHeld(String name) {
        int[][][] progressive = Coefficients.read(Corpus.bytes(name + "-progressive.jpg"));
        assertThat(progressive).isDeepEqualTo(Coefficients.slow(Corpus.bytes(name + ".jpg")));
    }

    @Test
    void aProgressiveFileMayHaveRestartIntervals() {
        assertThat(Coefficients.read(Corpus.bytes("odd-420-progressive-restart.jpg")))
                .isDeepEqualTo(Coefficients.slow(Corpus.bytes("odd-420.jpg")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 100, 3000})
    void randomTablesAndBlocksAreReadAsTheSlowDecoderReadsThem(int restartInterval) {
        for (int seed = 0; seed < 12; seed++) {
            byte[] bytes = RandomJpeg.make(seed, restartInterval);
            int[][][] expected = Coefficients.slow(bytes);
            assertThat(Coefficients.read(bytes)).as("seed %d", seed).isDeepEqualTo(expected);
            assertThat(Coefficients.decoded(bytes)).as("seed %d", seed).isDeepEqualTo(expected);
        }
    }

    @ParameterizedTest
    @FieldSource("imagefunctions.jpeg.reference.Corpus#SEQUENTIAL")
    void aDamagedFileIsReadAsTheSlowDecoderReadsItOrRefused(String name) {
        byte[] sound = Corpus.bytes(name + ".jpg");
        RandomGenerator random = new java.util.Random(name.hashCode());
        int scan = JpegFile.parse(sound).firstScan().dataOffset();
        for (int i = 0; i < 100; i++) {
            byte[] bytes = sound.clone();
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                bytes[random.nextInt(scan, bytes.length)] = (byte) random.nextInt(256);
            }
            String expected = outcome(() -> Coefficients.slow(bytes));
            assertThat(outcome(() -> Coefficients.read(bytes)))
                    .as("mutation %d", i)
                    .isEqualTo(expected);
            assertThat(outcome(() -> Coefficients.decoded(bytes)))
                    .as("mutation %d, decoded at once", i)
                    .isEqualTo(expected);
            assertThat(outcome(() -> Coefficients.decoded(bytes, 1)))
                    .as("mutation %d, without the smallest values", i)
                    .isEqualTo(outcome(() -> Coefficients.without(1, Coefficients.slow(bytes))));
        }
    }

    @ParameterizedTest
    @FieldSource("imagefunctions.jpeg.reference.Corpus#BOTH")
    void aDamagedProgressiveScanIsReadAsTheSlowDecoderReadsItOrRefused(String name) {
        byte[] sound = Corpus.bytes(name + "-progressive.jpg");
        assertThat(Coefficients.read(sound)).isDeepEqualTo(Coefficients.slow(sound));
        RandomGenerator random = new java.util.Random(name.hashCode());
        List<Scan> scans = scans(sound);
        for (int i = 0; i < 100; i++) {
            byte[] bytes = sound.clone();
            int offset = scans.get(random.nextInt(scans.size())).dataOffset();
            int at = random.nextInt(offset, EntropyData.end(sound, offset));
            // Neither a marker more nor one less: those are the header reader's.
            if (bytes[at] != -1 && bytes[at - 1] != -1) {
                bytes[at] = (byte) random.nextInt(255);
            }
            assertThat(outcome(() -> Coefficients.read(bytes)))
                    .as("mutation %d", i)
                    .isEqualTo(outcome(() -> Coefficients.slow(bytes)));
        }
    }

    @Test
    void aScanThatBringsCoefficientsAgainIsRefused() {
        byte[] bytes = Corpus.bytes("deep-420-progressive.jpg");
        // The one that brings them completely.
        Scan scan = scans(bytes).stream()
                .filter(each -> each.spectralStart() > 0 && each.approximationHigh() == 0)
                .filter(each -> each.approximationLow() == 0)
                .findFirst()
                .orElseThrow();
        int end = EntropyData.end(bytes, scan.dataOffset());
        // As nothing comes between them, its header has eight bytes, and its marker two.
        byte[] twice = ByteBuffer.allocate(bytes.length + 10 + end - scan.dataOffset())
                .put(bytes, 0, end)
                .put(bytes, scan.dataOffset() - 10, 10 + end - scan.dataOffset())
                .put(bytes, end, bytes.length - end)
                .array();

        assertThatThrownBy(() -> Coefficients.read(twice))
                .isInstanceOf(DamagedJpegException.class)
                .hasMessage("A scan brings coefficients that one before it has brought.");
    }

    private static List<Scan> scans(byte[] bytes) {
        JpegFile file = JpegFile.parse(bytes);
        ScanReader reader = file.scans();
        List<Scan> scans = new ArrayList<>();
        for (Scan scan = file.firstScan();
                scan != null;
                scan = reader.next(EntropyData.end(bytes, scan.dataOffset()))) {
            scans.add(scan);
        }
        return scans;
    }

    private static String outcome(java.util.function.Supplier<int[][][]> reading) {
        try {
            return java.util.Arrays.deepToString(reading.get());
        } catch (JpegException e) {
            return "refused";
        }
    }
}
