package imagefunctions.jpeg.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.jpeg.JpegEngine;
import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.StandardTables;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.reference.Corpus;
import imagefunctions.jpeg.samples.BlockRow;
import imagefunctions.jpeg.samples.Plane;
import imagefunctions.jpeg.scan.BlockSource;
import imagefunctions.jpeg.scan.CoefficientReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RealignedRowsTest {
    /** Half a step is what rounding to the nearest leaves; the rest is what floats lose. */
    private static final double LARGEST_ERROR = 0.5 + 0.01;

    @ParameterizedTest
    @EnumSource(Transform.class)
    void everyCoefficientIsTheExactOneRoundedToItsStep(Transform transform) {
        for (String name : List.of(
                "odd-420",
                "odd-422",
                "odd-444-optimised",
                "grey",
                "luma-aligned-420",
                "unlike-sampling",
                "odd-410",
                "mixed-sampling",
                "chroma-4x1")) {
            JpegFile file = Corpus.file(name);
            BlockSource[] sources = new CoefficientReader().decode(file, false, false, Cores.ONE);
            for (int c = 0; c < sources.length; c++) {
                Component component = file.frame().components().get(c);
                double across = transform.mirrorsX() ? begin(file, component, transform.transposes()) : 0;
                double down = transform.mirrorsY() ? begin(file, component, !transform.transposes()) : 0;
                if (across == 0 && down == 0) {
                    continue;
                }
                SlowRealignment exact = SlowRealignment.of(sources[c], transform);
                int[] steps = StandardTables.steps(c == 0, 60 + 10 * c);
                RealignedRows rows = new RealignedRows(sources[c], transform, offset(across), offset(down), steps);
                List<int[]> wrong = wrong(rows, exact, across, down);
                assertThat(wrong).as("%s, component %d", name, c).isEmpty();
            }
        }
    }

    /** Samples, whole and part, that only fill up the last block, down or across. */
    private static double begin(JpegFile file, Component component, boolean down) {
        int pixels = down ? file.height() : file.width();
        double ratio = down
                ? (double) file.frame().maxVertical() / component.vertical()
                : (double) file.frame().maxHorizontal() / component.horizontal();
        return (down ? component.heightInBlocks() : component.widthInBlocks()) * 8 - pixels / ratio;
    }

    private static RealignedRows.Offset offset(double begin) {
        return new RealignedRows.Offset((int) begin, (float) (begin - (int) begin));
    }

    private static List<int[]> wrong(RealignedRows rows, SlowRealignment exact, double across, double down) {
        List<int[]> wrong = new ArrayList<>();
        BlockRow row = rows.row();
        for (int y = 0; y < rows.heightInBlocks(); y++) {
            rows.read(y, row);
            for (int x = 0; x < rows.widthInBlocks(); x++) {
                for (int k = 0; k < 64; k++) {
                    int got = row.value(x, k);
                    double wanted = exact.coefficient(x, y, across, down, k) / rows.steps()[k];
                    if (Math.abs(got - wanted) > LARGEST_ERROR) {
                        wrong.add(new int[] {x, y, k, got, (int) Math.round(wanted)});
                    }
                }
            }
        }
        return wrong;
    }

    @Test
    void aRowOfManyStripsIsWhatOneBlockAtATimeWouldBe() {
        byte[] samples = new byte[1201 * 37];
        new Random(1).nextBytes(samples);
        byte[] noise = new JpegEngine().encode(List.of(Plane.of(samples, 1201, 37)), 90, false);
        BlockSource source = new CoefficientReader().decode(JpegFile.parse(noise), true, false, Cores.ONE)[0];
        RealignedRows.Offset across = new RealignedRows.Offset(3, 0.5f);
        RealignedRows.Offset down = new RealignedRows.Offset(5, 0);
        int[] steps = StandardTables.steps(true, 90);
        RealignedRows rows = new RealignedRows(source, Transform.ROTATE_180, across, down, steps);
        Realignment oneBlock = new Realignment(source, Transform.ROTATE_180, across, down, steps, 1);
        BlockRow row = rows.row();
        BlockRow alone = BlockRow.ofPlanar(
                oneBlock.layout(),
                IntStream.rangeClosed(0, rows.widthInBlocks()).toArray());
        List<RealignedStrip> blocks = new ArrayList<>();
        for (int x = 0; x < rows.widthInBlocks(); x++) {
            blocks.add(new RealignedStrip(oneBlock, x, 1));
        }
        for (int y = 0; y < rows.heightInBlocks(); y++) {
            rows.read(y, row);
            for (RealignedStrip block : blocks) {
                block.read(y, alone);
            }
            for (int x = 0; x < rows.widthInBlocks(); x++) {
                assertThat(row.mask(x)).isEqualTo(alone.mask(x));
                assertThat(values(row, x)).isEqualTo(values(alone, x));
            }
        }
    }

    private static int[] values(BlockRow row, int x) {
        return IntStream.range(0, 64).map(k -> row.value(x, k)).toArray();
    }
}
