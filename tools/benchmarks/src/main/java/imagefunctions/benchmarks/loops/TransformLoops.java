package imagefunctions.benchmarks.loops;

import imagefunctions.jpeg.JpegEngine;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.StandardTables;
import imagefunctions.jpeg.samples.BatchDct;
import imagefunctions.jpeg.samples.BlockRow;
import imagefunctions.jpeg.samples.Lanczos;
import imagefunctions.jpeg.samples.PixelRows;
import imagefunctions.jpeg.samples.Plane;
import imagefunctions.jpeg.samples.SampleRows;
import imagefunctions.jpeg.samples.Strip;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Transforming and quantising as many blocks as luma has, and shrinking it, from a quarter, to 128 x 72. */
@State(Scope.Benchmark)
public class TransformLoops {
    private static final int WIDE = Sample.WIDTH / 8;
    private static final int HIGH = Sample.HEIGHT / 8;

    private final float[][] samples = new float[8][8 * WIDE];
    private final float[][] lines = new float[8][8 * WIDE];
    private final JpegEngine engine = new JpegEngine();
    private final Strip strip = new Strip();
    private final JpegFile file = Sample.file();
    private final Plane whole = engine.planes(file, 1, true).getFirst();
    private final Plane quarter = engine.planes(file, 4, true).getFirst();

    public TransformLoops() {
        Random random = new Random(1);
        for (float[] line : samples) {
            for (int i = 0; i < WIDE; i++) {
                line[i] = random.nextInt(-128, 128);
            }
        }
    }

    @Benchmark
    public float[][] forwardDctDown() {
        return transformed(true);
    }

    @Benchmark
    public float[][] inverseDctDown() {
        return transformed(false);
    }

    /** In one direction; the samples are copied in each time, since the transform changes them. */
    private float[][] transformed(boolean forward) {
        for (int y = 0; y < HIGH; y++) {
            for (int i = 0; i < samples.length; i++) {
                System.arraycopy(samples[i], 0, lines[i], 0, samples[i].length);
            }
            BatchDct.lines(lines, forward);
        }
        return lines;
    }

    /** Entropy decoding included. */
    @Benchmark
    public PixelRows decodeToPixels() {
        return engine.pixels(file);
    }

    @Benchmark
    public BlockRow transformAndQuantise() {
        SampleRows rows = new SampleRows(whole, StandardTables.steps(true, 75));
        BlockRow row = rows.row();
        for (int y = 0; y < HIGH; y++) {
            rows.read(y, row);
        }
        return row;
    }

    @Benchmark
    public Plane lanczos() {
        return new Lanczos(
                        new Lanczos.Axis(128, 1, 128, quarter.coveredWidth() / 128, false),
                        new Lanczos.Axis(72, 1, 72, quarter.coveredHeight() / 72, false))
                .resize(quarter, strip, Cores.ONE);
    }
}
