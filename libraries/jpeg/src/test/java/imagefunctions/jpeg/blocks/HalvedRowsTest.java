package imagefunctions.jpeg.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.StandardTables;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.format.Zigzag;
import imagefunctions.jpeg.reference.Coefficients;
import imagefunctions.jpeg.reference.Corpus;
import imagefunctions.jpeg.samples.BlockRow;
import imagefunctions.jpeg.scan.BlockSource;
import imagefunctions.jpeg.scan.CoefficientReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HalvedRowsTest {
    /** Half a step is what rounding to the nearest leaves; the rest is what floats lose. */
    private static final double LARGEST_ERROR = 0.5 + 0.01;

    @ParameterizedTest
    @EnumSource(
            value = Transform.class,
            names = {"NONE", "FLIP_HORIZONTAL", "FLIP_VERTICAL", "ROTATE_180"})
    void everyCoefficientIsTheExactOneRoundedToItsStep(Transform transform) {
        for (String name : List.of("aligned-444", "odd-444-optimised", "odd-422", "aligned-440", "grey")) {
            BlockSource[] sources = new CoefficientReader().decode(Corpus.file(name), false, false, Cores.ONE);
            int[][][] coefficients = Coefficients.slow(Corpus.bytes(name + ".jpg"));
            for (int c = 0; c < sources.length; c++) {
                for (int directions = 1; directions <= 3; directions++) {
                    boolean across = (directions & 1) != 0;
                    boolean down = (directions & 2) != 0;
                    HalvedRows rows = new HalvedRows(
                            sources[c], transform, across, down, StandardTables.steps(c == 0, 60 + 10 * c));
                    SlowHalving exact = new SlowHalving(sources[c], coefficients[c], transform, across, down);
                    assertThat(wrong(rows, exact))
                            .as("%s, component %d, across %s, down %s", name, c, across, down)
                            .isEmpty();
                }
            }
        }
    }

    private static List<int[]> wrong(HalvedRows rows, SlowHalving exact) {
        List<int[]> wrong = new ArrayList<>();
        BlockRow row = rows.row();
        for (int y = 0; y < rows.heightInBlocks(); y++) {
            rows.read(y, row);
            for (int x = 0; x < rows.widthInBlocks(); x++) {
                for (int k = 0; k < 64; k++) {
                    int got = row.value(x, k);
                    double wanted = exact.coefficient(x, y, k) / rows.steps()[k];
                    if (Math.abs(got - wanted) > LARGEST_ERROR) {
                        wrong.add(new int[] {x, y, k, got, (int) Math.round(wanted)});
                    }
                }
            }
        }
        return wrong;
    }

    /** The same in samples and double precision, by the formulas of ITU-T T.81, A.3.3, for four points and for eight. */
    private static final class SlowHalving {
        private final int widthOfBlock;
        private final int heightOfBlock;
        private final double[][] samples;

        SlowHalving(BlockSource source, int[][] blocks, Transform transform, boolean across, boolean down) {
            widthOfBlock = across ? 4 : 8;
            heightOfBlock = down ? 4 : 8;
            int wide = source.widthInBlocks() * widthOfBlock;
            int high = source.heightInBlocks() * heightOfBlock;
            samples = new double[high][wide];
            for (int y = 0; y < high; y++) {
                for (int x = 0; x < wide; x++) {
                    int fromX = transform.mirrorsX() ? wide - 1 - x : x;
                    int fromY = transform.mirrorsY() ? high - 1 - y : y;
                    int block = fromY / heightOfBlock * source.widthInBlocks() + fromX / widthOfBlock;
                    samples[y][x] = sample(blocks[block], source.steps(), fromX % widthOfBlock, fromY % heightOfBlock);
                }
            }
        }

        private double sample(int[] block, int[] steps, int x, int y) {
            double sum = 0;
            for (int k = 0; k < 64; k++) {
                int row = Zigzag.natural(k) / 8;
                int column = Zigzag.natural(k) % 8;
                if (row < heightOfBlock && column < widthOfBlock) {
                    sum += block[k] * steps[k] * cosine(heightOfBlock, row, y) * cosine(widthOfBlock, column, x);
                }
            }
            return sum * Math.sqrt(widthOfBlock / 8.0) * Math.sqrt(heightOfBlock / 8.0);
        }

        private static double cosine(int points, int order, int at) {
            return Math.sqrt((order == 0 ? 1.0 : 2.0) / points)
                    * Math.cos((2 * at + 1) * order * Math.PI / (2 * points));
        }

        /** The exact coefficient, by zig-zag index; the samples go on mirrored. */
        double coefficient(int blockX, int blockY, int k) {
            double sum = 0;
            for (int i = 0; i < 64; i++) {
                double[] line = samples[mirrored(blockY * 8 + i / 8, samples.length)];
                sum += line[mirrored(blockX * 8 + i % 8, line.length)]
                        * cosine(8, Zigzag.natural(k) / 8, i / 8)
                        * cosine(8, Zigzag.natural(k) % 8, i % 8);
            }
            return sum;
        }

        private static int mirrored(int at, int length) {
            return at < length ? at : 2 * length - 1 - at;
        }
    }
}
