package imagefunctions.imaging.jpeg;

/** Shrinks planes with Lanczos' filter of three lobes, which is widened by as much as the plane is shrunk. */
final class Lanczos {
    private static final double LOBES = 3;

    private Lanczos() {}

    /** The weights of the source samples for each sample of a resized line. */
    @SuppressWarnings("ArrayRecordComponent") // read in hot loops, never compared
    private record Weights(int[] first, float[][] weights) {
        static Weights of(int from, float covered, int to) {
            double scale = covered / (double) to;
            double stretch = Math.max(scale, 1);
            double support = LOBES * stretch;
            int[] first = new int[to];
            float[][] weights = new float[to][];
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
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

    /** The plane in another size, 1 x 1 at least. */
    static Plane resize(Plane plane, int width, int height) {
        if (plane.width() == width && plane.height() == height) {
            return plane;
        }
        Weights across = Weights.of(plane.width(), plane.coveredWidth(), width);
        Weights down = Weights.of(plane.height(), plane.coveredHeight(), height);
        float[][] lines = new float[plane.height()][];
        byte[] out = new byte[width * height];
        float[] sums = new float[width];
        for (int y = 0; y < height; y++) {
            java.util.Arrays.fill(sums, 0.5f);
            float[] weights = down.weights()[y];
            for (int j = 0; j < weights.length; j++) {
                int row = down.first()[y] + j;
                if (lines[row] == null) {
                    lines[row] = line(plane, row, across, width);
                }
                add(lines[row], weights[j], sums, width);
            }
            for (int x = 0; x < width; x++) {
                out[y * width + x] = (byte) Math.clamp((int) Math.floor(sums[x]), 0, 255);
            }
        }
        return Plane.of(out, width, height);
    }

    private static float[] line(Plane plane, int row, Weights across, int width) {
        float[] line = new float[width];
        byte[] samples = plane.samples();
        for (int x = 0; x < width; x++) {
            float[] weights = across.weights()[x];
            int at = row * plane.stride() + across.first()[x];
            float sum = 0;
            for (int j = 0; j < weights.length; j++) {
                sum += weights[j] * (samples[at + j] & 0xFF);
            }
            line[x] = sum;
        }
        return line;
    }

    private static void add(float[] line, float weight, float[] sums, int width) {
        for (int x = 0; x < width; x++) {
            sums[x] += line[x] * weight;
        }
    }
}
