package imagefunctions.jpeg.write;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.jpeg.blocks.TransformedRows;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.HuffmanTable;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.StandardTables;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.reference.Corpus;
import imagefunctions.jpeg.scan.BlockSource;
import imagefunctions.jpeg.scan.CoefficientReader;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Coding blocks as they are read, compared with coding rows of transformed blocks. */
final class RequantisingCoderTest {
    private static final List<Transform> FLIPS =
            List.of(Transform.NONE, Transform.FLIP_HORIZONTAL, Transform.FLIP_VERTICAL, Transform.ROTATE_180);

    static Stream<byte[]> files() {
        return Stream.concat(
                Corpus.decodable().map(name -> Corpus.bytes(name + ".jpg")),
                IntStream.range(0, 12).mapToObj(seed -> RandomJpeg.make(seed, 0)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void blocksAreCodedAsTheirTransformedRowsAre(byte[] bytes) {
        HuffmanTable dc = StandardTables.LUMA_DC;
        HuffmanTable ac = StandardTables.ac(true);
        for (int quality : new int[] {5, 60, 100}) {
            int[] steps = StandardTables.steps(true, quality);
            for (Transform transform : FLIPS) {
                for (BlockSource source :
                        new CoefficientReader().decode(JpegFile.parse(bytes), false, false, Cores.ONE)) {
                    BlockCoder fast = new RequantisingCoder(source, transform, steps, dc, ac);
                    BlockCoder slow = new HuffmanCoder(new TransformedRows(source, transform, steps), 1, dc, ac);
                    assertThat(written(fast)).as("%s, %d", transform, quality).isEqualTo(written(slow));
                }
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

    @Test
    void aSourceOfOneRowOfBlocksAtATimeDoesNotHoldTwo() {
        assertThat(decodedInOrder("scans-420").holds(1)).isTrue();
        assertThat(decodedInOrder("scans-420").holds(2)).isFalse();
        assertThat(decodedInOrder("aligned-420").holds(2)).isTrue();
        assertThat(new CoefficientReader().decode(Corpus.file("scans-420"), false, false, Cores.ONE)[0].holds(2))
                .isTrue();
    }

    private static BlockSource decodedInOrder(String name) {
        return new CoefficientReader().decode(Corpus.file(name), false, true, Cores.ONE)[0];
    }
}
