package imagefunctions.jpeg.write;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.jpeg.JpegEdit;
import imagefunctions.jpeg.JpegEngine;
import imagefunctions.jpeg.blocks.TransformedRows;
import imagefunctions.jpeg.format.CoefficientRange;
import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.HuffmanTable;
import imagefunctions.jpeg.format.JpegException;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.StandardTables;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.format.Zigzag;
import imagefunctions.jpeg.reference.Coefficients;
import imagefunctions.jpeg.reference.Corpus;
import imagefunctions.jpeg.scan.BlockSource;
import imagefunctions.jpeg.scan.CoefficientReader;
import imagefunctions.jpeg.scan.SequentialBlocks;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transforms that copy blocks bit by bit, compared with slow decoding and coding. */
final class BitCopierTest {
    private static final List<Transform> FLIPS =
            List.of(Transform.NONE, Transform.FLIP_HORIZONTAL, Transform.FLIP_VERTICAL, Transform.ROTATE_180);

    private final JpegEngine engine = new JpegEngine();

    @ParameterizedTest
    @FieldSource("imagefunctions.jpeg.reference.Corpus#SEQUENTIAL")
    void copiedBitsAreWhatCodingTheBlocksAgainWouldWrite(String name) {
        CoefficientReader reader = new CoefficientReader();
        for (Transform transform : FLIPS) {
            for (BlockSource read : reader.read(Corpus.file(name), false, transform.negated(), Cores.ONE)) {
                SequentialBlocks source = (SequentialBlocks) read;
                HuffmanTable dc = StandardTables.LUMA_DC;
                BlockCoder copier = new BitCopier(source, transform, dc);
                BlockCoder coder = new HuffmanCoder(new TransformedRows(source, transform), 1, dc, source.acTable());
                assertThat(written(copier)).as(transform.name()).isEqualTo(written(coder));
            }
        }
    }

    private static byte[] written(BlockCoder coder) {
        return new JpegWriter()
                .write(
                        coder.widthInBlocks() * 8,
                        coder.heightInBlocks() * 8,
                        List.of(new JpegWriter.Part(1, 1, coder)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 100, 1500, 3000})
    void randomTablesAndBlocksAreFlippedCoefficientByCoefficient(int restartInterval) {
        for (int seed = 0; seed < 48; seed++) {
            byte[] bytes = RandomJpeg.make(seed, restartInterval);
            Transform transform = FLIPS.get(seed % FLIPS.size());
            byte[] transformed = engine.edit(JpegFile.parse(bytes), JpegEdit.NONE.transformed(transform));
            assertThat(Coefficients.slow(transformed))
                    .as("seed %d, %s", seed, transform)
                    .isDeepEqualTo(transformed(bytes, transform));
        }
    }

    @Test
    void theEngineWritesTheSameWhateverItHasReadBefore() {
        for (int seed = 0; seed < 18; seed++) {
            byte[] bytes = RandomJpeg.make(seed, seed % 2 * 1500);
            JpegEdit edit = JpegEdit.NONE.transformed(Transform.ROTATE_180);
            byte[] expected = new JpegEngine().edit(JpegFile.parse(bytes), edit);
            assertThat(engine.edit(JpegFile.parse(bytes), edit)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aligned-420", "aligned-444", "aligned-422", "aligned-440", "aligned-411", "grey-aligned"})
    void aDamagedFileIsFlippedAsTheSlowDecoderReadsItOrRefused(String name) {
        byte[] sound = Corpus.bytes(name + ".jpg");
        Random random = new Random(name.hashCode());
        int scan = JpegFile.parse(sound).firstScan().dataOffset();
        for (int i = 0; i < 60; i++) {
            byte[] bytes = sound.clone();
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                bytes[random.nextInt(scan, bytes.length)] = (byte) random.nextInt(256);
            }
            Transform transform = FLIPS.get(i % FLIPS.size());
            assertThat(outcome(() -> Coefficients.slow(
                            engine.edit(JpegFile.parse(bytes), JpegEdit.NONE.transformed(transform)))))
                    .as("mutation %d", i)
                    .isEqualTo(outcome(() -> transformed(bytes, transform)));
        }
    }

    private static String outcome(java.util.function.Supplier<int[][][]> reading) {
        try {
            return Arrays.deepToString(reading.get());
        } catch (JpegException e) {
            return "refused";
        }
    }

    /** The coefficients of the transformed picture, from those of the picture. */
    private static int[][][] transformed(byte[] bytes, Transform transform) {
        int[][][] planes = Coefficients.slow(bytes);
        for (int c = 0; c < planes.length; c++) {
            Component component = JpegFile.parse(bytes).frame().components().get(c);
            int[][] transformed = new int[planes[c].length][];
            for (int i = 0; i < transformed.length; i++) {
                int x = i % component.widthInBlocks();
                int y = i / component.widthInBlocks();
                int sourceX = transform.mirrorsX() ? component.widthInBlocks() - 1 - x : x;
                int sourceY = transform.mirrorsY() ? component.heightInBlocks() - 1 - y : y;
                transformed[i] = transformed(planes[c][sourceY * component.widthInBlocks() + sourceX], transform);
            }
            planes[c] = transformed;
        }
        return planes;
    }

    /** Changes the signs of the coefficients of odd order (ITU-T T.81, A.3.3). */
    private static int[] transformed(int[] block, Transform transform) {
        if (block[0] < CoefficientRange.MIN_DC || block[0] > CoefficientRange.MAX_DC) {
            throw new DamagedJpegException("A DC coefficient is out of range.");
        }
        int[] transformed = new int[64];
        for (int k = 0; k < 64; k++) {
            int column = Zigzag.natural(k) % 8;
            int row = Zigzag.natural(k) / 8;
            boolean odd = (transform.mirrorsX() ? column : 0) % 2 != (transform.mirrorsY() ? row : 0) % 2;
            transformed[k] = odd ? -block[k] : block[k];
        }
        return transformed;
    }
}
