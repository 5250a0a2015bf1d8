package imagefunctions.imaging.pixels;

/** For every sample of a shrunk line, the samples of the long line that it is made of, and their weights. */
final class Taps {

    private static final double REACH = 2;

    private final int[] first;
    private final float[][] weights;

    private Taps(int[] first, float[][] weights) {
        this.first = first;
        this.weights = weights;
    }

    /** The bicubic windows that shrink a line of {@code from} samples to {@code to}, {@code ratio} times shorter. */
    static Taps of(int from, int to, double ratio) {
        // Never narrower than one sample's: a side that stays as it is must stay as it was.
        double scale = Math.max(1, ratio);
        int[] first = new int[to];
        float[][] weights = new float[to][];
        for (int i = 0; i < to; i++) {
            double center = (i + 0.5) * ratio;
            int start = Math.max(0, (int) (center - REACH * scale + 0.5));
            int end = Math.min(from, (int) (center + REACH * scale + 0.5));
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
        return x < REACH ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
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
