package imagefunctions.imaging.jpeg;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Transforming and quantising as many rows of blocks as luma has, and shrinking it. */
@State(Scope.Benchmark)
public class TransformLoops {
    private static final int WIDE = Sample.WIDTH / 8;
    private static final int HIGH = Sample.HEIGHT / 8;

    private final float[][] samples = new float[64][WIDE];
    private final float[][] lines = new float[64][WIDE];
    private final LaneQuantiser quantiser = new LaneQuantiser(StandardTables.steps(true, 75), BatchDct.GAIN, WIDE);
    private final BlockRow row = new BlockRow(WIDE);
    private final Plane half = new JpegEngine().planes(Sample.file(), 2, true).getFirst();

    public TransformLoops() {
        Random random = new Random(1);
        for (float[] line : samples) {
            for (int i = 0; i < WIDE; i++) {
                line[i] = random.nextInt(-128, 128);
            }
        }
        refill();
    }

    private void refill() {
        for (int i = 0; i < 64; i++) {
            System.arraycopy(samples[i], 0, lines[i], 0, WIDE);
        }
    }

    @Benchmark
    public float[][] forwardDct() {
        return transformed(true);
    }

    @Benchmark
    public float[][] inverseDct() {
        return transformed(false);
    }

    private float[][] transformed(boolean forward) {
        for (int y = 0; y < HIGH; y++) {
            refill();
            BatchDct.rows(lines, WIDE, forward);
            BatchDct.columns(lines, WIDE, forward);
        }
        return lines;
    }

    @Benchmark
    public BlockRow quantise() {
        for (int y = 0; y < HIGH; y++) {
            quantiser.quantise(samples, row);
        }
        return row;
    }

    @Benchmark
    public Plane lanczos() {
        return Lanczos.resize(half, 480, 270);
    }
}
