package imagefunctions.jpeg.samples;

import imagefunctions.jpeg.format.Interruption;
import java.util.Arrays;

/** Resizes planes by a Lanczos filter of three lobes, widened by the factor by which a plane is shrunk. */
public final class Lanczos {
    private static final double LOBES = 3;

    private Lanczos() {}

    /**
     * The sampling of the result in one direction.
     *
     * @param samples of the result
     * @param pixels of the result that each sample covers; the last one may extend past the edge
     * @param size of the whole result, in pixels
     * @param perPixel source samples per pixel of the result
     * @param mirrored whether it is the first sample that may extend past the edge
     */
    public record Axis(int samples, int pixels, int size, double perPixel, boolean mirrored) {
        /** Source samples per sample of the result. */
        private double scale() {
            return perPixel * pixels;
        }

        /** The position in the source where the result begins; negative if its first sample extends past the edge. */
        private double start() {
            return mirrored ? size * perPixel - samples * scale() : 0;
        }

        /** Whether the result's samples are those of the source. */
        private boolean keeps(int count) {
            return samples == count && scale() == 1 && start() == 0;
        }
    }

    /** The weights of the source samples for each sample of a resized line. */
    @SuppressWarnings("ArrayRecordComponent") // read in hot loops, never compared
    private record Weights(int[] first, float[][] weights) {
        static Weights of(int from, Axis axis) {
            int to = axis.samples();
            double scale = axis.scale();
            double stretch = Math.max(scale, 1);
            double support = LOBES * stretch;
            int[] first = new int[to];
            float[][] weights = new float[to][];
            for (int i = 0; i < to; i++) {
                double centre = axis.start() + (i + 0.5) * scale;
                int low = Math.clamp((int) Math.floor(centre - support + 0.5), 0, from - 1);
                int high = Math.clamp((int) Math.floor(centre + support + 0.5), low + 1, from);
                float[] line = new float[high - low];
                double sum = 0;
                for (int j = low; j < high; j++) {
                    double weight = filter((j + 0.5 - centre) / stretch);
                    line[j - low] = (float) weight;
                    sum += weight;
                }
                for (int j = 0; j < line.length; j++) {
                    line[j] = sum == 0 ? 1f / line.length : (float) (line[j] / sum);
                }
                first[i] = low;
                weights[i] = line;
            }
            return new Weights(first, weights);
        }

        private static double filter(double x) {
            return Math.abs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0;
        }

        private static double sinc(double x) {
            return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
        }
    }

    /**
     * The lines as a plane of another size, at least 1 x 1; a plane of that size stays what it is. They are resized
     * vertically first: this adds whole lines, which the compiler vectorises, and leaves less to do horizontally.
     */
    public static Plane resize(SampleLines source, Axis alongX, Axis alongY) {
        if (source instanceof Plane plane && alongX.keeps(plane.width()) && alongY.keeps(plane.height())) {
            return plane;
        }
        int width = alongX.samples();
        int height = alongY.samples();
        Weights across = Weights.of(source.width(), alongX);
        Weights down = Weights.of(source.height(), alongY);
        byte[] out = new byte[width * height];
        float[] line = new float[source.width()];
        float[][] lines = new float[source.height()][];
        int read = 0;
        int passed = 0;
        for (int y = 0; y < height; y++) {
            Interruption.check();
            Arrays.fill(line, 0);
            float[] weights = down.weights()[y];
            int first = down.first()[y];
            for (; read < first + weights.length; read++) {
                lines[read] = source.line(read);
            }
            for (; passed < first; passed++) {
                lines[passed] = null;
            }
            for (int j = 0; j < weights.length; j++) {
                add(lines[first + j], weights[j], line, line.length);
            }
            for (int x = 0; x < width; x++) {
                float sum = weigh(line, across.first()[x], across.weights()[x]);
                out[y * width + x] = (byte) Math.clamp((int) Math.floor(sum + 0.5f), 0, 255);
            }
        }
        return Plane.of(out, width, height);
    }

    private static void add(float[] source, float weight, float[] line, int width) {
        for (int x = 0; x < width; x++) {
            line[x] += source[x] * weight;
        }
    }

    /** Four sums, since additions to a single one would wait for each other. */
    private static float weigh(float[] line, int first, float[] weights) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int j = 0;
        for (; j + 4 <= weights.length; j += 4) {
            a += line[first + j] * weights[j];
            b += line[first + j + 1] * weights[j + 1];
            c += line[first + j + 2] * weights[j + 2];
            d += line[first + j + 3] * weights[j + 3];
        }
        for (; j < weights.length; j++) {
            a += line[first + j] * weights[j];
        }
        return a + b + (c + d);
    }
}
