package imagefunctions.jpeg.samples;

/**
 * What the values of a source count for each value of a result.
 *
 * @param first the first value of the source that counts, by value of the result
 * @param weights of that value and those after it
 */
@SuppressWarnings("ArrayRecordComponent") // read in hot loops, never compared
public record Weights(int[] first, float[][] weights) {

    /**
     * How much of its neighbours is taken from a mean: a mean over the width of a sample weakens what has f waves a sample
     * to sin(pi f) / (pi f), which is 1 - (pi f)^2 / 6 and a little more, and this strengthens it by as much.
     */
    private static final float FROM_NEIGHBOURS = 1f / 24;

    /** The index after the last value of the source that counts. */
    int end() {
        int end = 0;
        for (int i = 0; i < first.length; i++) {
            end = Math.max(end, first[i] + weights[i].length);
        }
        return end;
    }

    /**
     * The weights of the coefficients of blocks, given those of their samples. They are applied to the inverse DCT of
     * each block, which this is folded into, so that there is nothing to transform (ITU-T T.81, A.3.3, with as many
     * samples as coefficients, which are scaled so that DC is the mean).
     *
     * @param size samples and coefficients of a block
     */
    Weights ofCoefficients(int size) {
        double[][] basis = new double[size][size];
        for (int k = 0; k < size; k++) {
            for (int i = 0; i < size; i++) {
                basis[k][i] = k == 0 ? 1 : Math.sqrt(2) * StrictMath.cos((2 * i + 1) * k * Math.PI / (2 * size));
            }
        }
        int[] firsts = new int[first.length];
        float[][] folded = new float[first.length][];
        for (int to = 0; to < first.length; to++) {
            int end = first[to] + weights[to].length;
            firsts[to] = first[to] / size * size;
            folded[to] = new float[Math.ceilDiv(end, size) * size - firsts[to]];
            for (int block = firsts[to]; block < end; block += size) {
                int low = Math.max(first[to] - block, 0);
                int high = Math.min(end - block, size);
                for (int k = 0; k < size; k++) {
                    double sum = 0;
                    for (int i = low; i < high; i++) {
                        sum += weights[to][block + i - first[to]] * basis[k][i];
                    }
                    folded[to][block + k - firsts[to]] = (float) sum;
                }
            }
        }
        return new Weights(firsts, folded);
    }

    /** The weights of as many means of neighbouring pixels, given those of samples. */
    Weights ofMeans(int count) {
        int[] firsts = new int[first.length];
        float[][] sharpened = new float[first.length][];
        for (int to = 0; to < first.length; to++) {
            int low = Math.max(first[to] - 1, 0);
            int high = Math.min(first[to] + weights[to].length + 1, count);
            float[] line = new float[high - low];
            for (int j = 0; j < weights[to].length; j++) {
                int at = first[to] - low + j;
                float given = weights[to][j] * FROM_NEIGHBOURS;
                line[at] += weights[to][j] + 2 * given;
                line[Math.max(at - 1, 0)] -= given;
                line[Math.min(at + 1, line.length - 1)] -= given;
            }
            firsts[to] = low;
            sharpened[to] = line;
        }
        return new Weights(firsts, sharpened);
    }
}
