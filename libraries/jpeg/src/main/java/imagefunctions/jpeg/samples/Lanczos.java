package imagefunctions.jpeg.samples;

import imagefunctions.jpeg.format.Cores;
import org.jspecify.annotations.Nullable;

/**
 * Resizes planes by a Lanczos filter of three lobes, widened by the factor by which a plane is shrunk.
 *
 * <p>A filter is for planes of one kind and size: it keeps its weights, which take long to make beside a small picture.
 */
public final class Lanczos {
    private static final double LOBES = 3;

    /** Where the filter is 1 to within rounding. */
    private static final double NEAR = 1e-6;

    private final Axis alongX;
    private final Axis alongY;
    private @Nullable Weights across;
    private @Nullable Weights down;

    public Lanczos(Axis alongX, Axis alongY) {
        this.alongX = alongX;
        this.alongY = alongY;
    }

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

    /** The lines as a plane of the size, at least 1 x 1; a plane of that size stays what it is. */
    public Plane resize(SampleLines source, Strip strip, Cores cores) {
        if (source instanceof Plane plane && alongX.keeps(plane.width()) && alongY.keeps(plane.height())) {
            return plane;
        }
        Weights x = across == null ? source.weights(weights(source.width(), alongX), source.width()) : across;
        Weights y = down == null ? source.weights(weights(source.height(), alongY), source.height()) : down;
        across = x;
        down = y;
        return Resampler.resample(source, x, y, strip, cores);
    }

    static Weights weights(int from, Axis axis) {
        int to = axis.samples();
        double scale = axis.scale();
        double stretch = Math.max(scale, 1);
        double support = LOBES * stretch;
        int[] first = new int[to];
        float[][] weights = new float[to][];
        Turning whole = new Turning(Math.PI / stretch);
        Turning third = new Turning(Math.PI / LOBES / stretch);
        double[] values = new double[(int) Math.min(from, 2 * support + 2)];
        for (int i = 0; i < to; i++) {
            double centre = axis.start() + (i + 0.5) * scale;
            int low = Math.clamp((int) Math.floor(centre - support + 0.5), 0, from - 1);
            int high = Math.clamp((int) Math.floor(centre + support + 0.5), low + 1, from);
            first[i] = low;
            double start = (low + 0.5 - centre) / stretch;
            whole.start(Math.PI * start);
            third.start(Math.PI / LOBES * start);
            weights[i] = new float[high - low];
            fill(weights[i], values, start, 1 / stretch, whole, third);
        }
        return new Weights(first, weights);
    }

    /** Fills in values of the filter at equal distances, with a sum of 1. */
    private static void fill(
            float[] line, double[] values, double from, double distance, Turning whole, Turning third) {
        double sum = 0;
        for (int j = 0; j < line.length; j++) {
            double x = from + j * distance;
            values[j] = Math.abs(x) >= LOBES
                    ? 0
                    : Math.abs(x) < NEAR ? 1 : LOBES / (Math.PI * Math.PI) * whole.sine * third.sine / (x * x);
            sum += values[j];
            whole.turn();
            third.turn();
        }
        for (int j = 0; j < line.length; j++) {
            line[j] = sum == 0 ? 1f / line.length : (float) (values[j] / sum);
        }
    }

    /** The sines of angles at equal distances, each from the one before: a sine takes long. */
    private static final class Turning {
        private final double sineOfStep;
        private final double cosineOfStep;
        private double sine;
        private double cosine;

        Turning(double step) {
            sineOfStep = StrictMath.sin(step);
            cosineOfStep = StrictMath.cos(step);
        }

        void start(double angle) {
            sine = StrictMath.sin(angle);
            cosine = StrictMath.cos(angle);
        }

        void turn() {
            double turned = sine * cosineOfStep + cosine * sineOfStep;
            cosine = cosine * cosineOfStep - sine * sineOfStep;
            sine = turned;
        }
    }
}
