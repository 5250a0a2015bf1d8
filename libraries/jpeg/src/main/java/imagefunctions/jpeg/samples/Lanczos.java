package imagefunctions.jpeg.samples;

/** Resizes planes by a Lanczos filter of three lobes, widened by the factor by which a plane is shrunk. */
public final class Lanczos {
    private static final double LOBES = 3;

    /** Where the filter is 1 to within rounding. */
    private static final double NEAR = 1e-6;

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

    /** The lines as a plane of another size, at least 1 x 1; a plane of that size stays what it is. */
    public static Plane resize(SampleLines source, Axis alongX, Axis alongY) {
        if (source instanceof Plane plane && alongX.keeps(plane.width()) && alongY.keeps(plane.height())) {
            return plane;
        }
        Weights across = source.weights(weights(source.width(), alongX), source.width());
        Weights down = source.weights(weights(source.height(), alongY), source.height());
        return Resampler.resample(source, across, down);
    }

    static Weights weights(int from, Axis axis) {
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
            first[i] = low;
            weights[i] = line((low + 0.5 - centre) / stretch, 1 / stretch, high - low);
        }
        return new Weights(first, weights);
    }

    /** Values of the filter at equal distances, with a sum of 1. Their sines are those of the one before, turned. */
    private static float[] line(double from, double distance, int count) {
        Turning whole = new Turning(Math.PI * from, Math.PI * distance);
        Turning third = new Turning(Math.PI * from / LOBES, Math.PI * distance / LOBES);
        double[] line = new double[count];
        double sum = 0;
        for (int j = 0; j < count; j++) {
            double x = from + j * distance;
            if (Math.abs(x) < LOBES) {
                line[j] = Math.abs(x) < NEAR ? 1 : LOBES / (Math.PI * Math.PI) * whole.sine * third.sine / (x * x);
            }
            sum += line[j];
            whole.turn();
            third.turn();
        }
        float[] weights = new float[count];
        for (int j = 0; j < count; j++) {
            weights[j] = sum == 0 ? 1f / count : (float) (line[j] / sum);
        }
        return weights;
    }

    /** The sines of angles at equal distances. */
    private static final class Turning {
        private final double sineOfStep;
        private final double cosineOfStep;
        private double sine;
        private double cosine;

        Turning(double from, double step) {
            sine = StrictMath.sin(from);
            cosine = StrictMath.cos(from);
            sineOfStep = StrictMath.sin(step);
            cosineOfStep = StrictMath.cos(step);
        }

        void turn() {
            double turned = sine * cosineOfStep + cosine * sineOfStep;
            cosine = cosine * cosineOfStep - sine * sineOfStep;
            sine = turned;
        }
    }
}
