package imagefunctions.imaging.pixels;

/** The filter taps of each sample of a shrunk line: the first source sample and the weights from there. */
final class Taps {

    private static final double SUPPORT = 2;

    private final int[] first;
    private final float[][] weights;

    private Taps(int[] first, float[][] weights) {
        this.first = first;
        this.weights = weights;
    }

    /** Bicubic taps that shrink a line of {@code from} samples to {@code to}, by {@code ratio}. */
    static Taps of(int from, int to, double ratio) {
        // Not below 1, so that a side that is not shrunk stays the same.
        double scale = Math.max(1, ratio);
        int[] first = new int[to];
        float[][] weights = new float[to][];
        for (int i = 0; i < to; i++) {
            double center = (i + 0.5) * ratio;
            int start = Math.max(0, (int) (center - SUPPORT * scale + 0.5));
            int end = Math.min(from, (int) (center + SUPPORT * scale + 0.5));
            double[] window = new double[end - start];
            double sum = 0;
            for (int x = 0; x < window.length; x++) {
                window[x] = bicubic(Math.abs(start + x + 0.5 - center) / scale);
                sum += window[x];
            }
            first[i] = start;
            weights[i] = new float[window.length];
            for (int x = 0; x < window.length; x++) {
                weights[i][x] = (float) (window[x] / sum);
            }
        }
        return new Taps(first, weights);
    }

    /** Keys' cubic convolution (IEEE Trans. ASSP-29, 1981) with a = -1/2. */
    private static double bicubic(double x) {
        if (x < 1) {
            return (1.5 * x - 2.5) * x * x + 1;
        }
        return x < SUPPORT ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    }

    void filter(byte[] from, int fromStart, int fromStep, byte[] to, int toStart, int toStep) {
        for (int i = 0, target = toStart; i < first.length; i++, target += toStep) {
            float sum = 0.5f;
            int source = fromStart + first[i] * fromStep;
            for (float weight : weights[i]) {
                sum += weight * (from[source] & 0xFF);
                source += fromStep;
            }
            to[target] = (byte) Math.clamp((int) sum, 0, 255);
        }
    }
}
