package imagefunctions.jpeg.scan;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.Zigzag;
import imagefunctions.jpeg.reference.Coefficients;
import imagefunctions.jpeg.reference.Corpus;
import imagefunctions.jpeg.write.RandomJpeg;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class LowestCoefficientsTest {

    @ParameterizedTest
    @FieldSource("imagefunctions.jpeg.reference.Corpus#SEQUENTIAL")
    void linesHoldWhatTheSlowDecoderFinds(String name) {
        check(Corpus.bytes(name + ".jpg"));
    }

    @ParameterizedTest
    @FieldSource("imagefunctions.jpeg.reference.Corpus#BOTH")
    void soDoThoseOfProgressiveFiles(String name) {
        check(Corpus.bytes(name + "-progressive.jpg"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void soDoThoseOfRandomTablesAndBlocks(int restartInterval) {
        for (int seed = 0; seed < 12; seed++) {
            check(RandomJpeg.make(seed, restartInterval));
        }
    }

    private static void check(byte[] bytes) {
        int[][][] expected = Coefficients.slow(bytes);
        BlockSource[] sources = new CoefficientReader().read(JpegFile.parse(bytes), false, false, Cores.ONE);
        for (int size = 1; size <= 8; size++) {
            for (int c = 0; c < sources.length; c++) {
                check(sources[c], size, expected[c]);
            }
        }
    }

    private static void check(BlockSource source, int size, int[][] expected) {
        int width = source.widthInBlocks() * size;
        LowestCoefficients lowest = new LowestCoefficients(source.widthInBlocks(), size, source.steps());
        float[] line = new float[width];
        float[] slow = new float[width];
        for (int y = 0; y < source.heightInBlocks(); y++) {
            source.read(y, lowest);
            for (int row = 0; row < size; row++) {
                for (int x = 0; x < width; x++) {
                    int k = zigzag(row * 8 + x % size);
                    slow[x] = expected[y * source.widthInBlocks() + x / size][k] * (source.steps()[k] / 8f);
                }
                lowest.copyLine(row, line);
                assertThat(line)
                        .as("size %d, block row %d, row %d", size, y, row)
                        .isEqualTo(slow);
            }
        }
    }

    private static int zigzag(int natural) {
        int k = 0;
        while (Zigzag.natural(k) != natural) {
            k++;
        }
        return k;
    }
}
