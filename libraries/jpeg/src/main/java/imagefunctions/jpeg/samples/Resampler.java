package imagefunctions.jpeg.samples;

import imagefunctions.jpeg.format.Bytes;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.Interruption;
import java.util.Arrays;

/**
 * Makes a plane of weighted sums of lines, down and then across.
 *
 * <p>Invariant: a sum is made in the order of its lines. Each loop adds whole lines, up to eight, which are different
 * arrays; so it is vectorised. It is the same one across, where the lines are the columns of a strip of rows.
 */
final class Resampler {
    /** Samples whose resampling takes long beside starting a thread. */
    private static final int SAMPLES_OF_A_CORE = 400_000;

    private final SampleLines source;
    private final Weights across;
    private final Weights down;
    private final int fromWidth;
    private final float[][] lines;
    private final float[][] rows;
    private final float[][] columns;
    private final float[] sums;
    private final int[][] four;
    private final byte[] out;
    private int read;
    private int passed;

    private Resampler(SampleLines source, Weights across, Weights down, Strip strip, byte[] out) {
        this.source = source;
        this.across = across;
        this.down = down;
        this.fromWidth = across.end();
        this.lines = new float[down.end()][];
        strip.ensure(fromWidth, down.first().length);
        this.rows = strip.rows();
        this.columns = strip.columns();
        this.sums = new float[columns[0].length];
        this.four = new int[4][sums.length];
        this.out = out;
    }

    static Plane resample(SampleLines source, Weights across, Weights down, Strip strip, Cores cores) {
        int width = across.first().length;
        int height = down.first().length;
        byte[] out = new byte[width * height];
        int parts = Math.min(height, cores.parts(source.width() * source.height(), SAMPLES_OF_A_CORE));
        cores.bands(parts, height, (band, from, end) -> {
            Resampler resampler = band == 0
                    ? new Resampler(source, across, down, strip, out)
                    : new Resampler(source.another(), across, down, new Strip(), out);
            resampler.resample(from, end);
        });
        return Plane.of(out, width, height);
    }

    /** Makes some rows. */
    private void resample(int from, int end) {
        int width = across.first().length;
        read = down.first()[from];
        passed = read;
        for (int top = from; top < end; top += sums.length) {
            int count = Math.min(sums.length, end - top);
            fill(top, count);
            for (int x = 0; x < width; x += 4) {
                int columnsLeft = Math.min(4, width - x);
                for (int i = 0; i < columnsLeft; i++) {
                    add(columns, across.first()[x + i], across.weights()[x + i], sums, sums.length);
                    limit(sums, four[i], sums.length);
                }
                store(columnsLeft, count, top * width + x, width);
            }
        }
    }

    /** Stores columns side by side, four samples at a time where there are as many. */
    private void store(int across, int count, int at, int stride) {
        if (across == 4) {
            pack(four[0], four[1], four[2], four[3], sums.length);
            storeFour(four[0], count, out, at, stride);
        } else {
            for (int i = 0; i < across; i++) {
                storeOne(four[i], count, out, at + i, stride);
            }
        }
    }

    private static void storeFour(int[] packed, int count, byte[] out, int at, int stride) {
        for (int i = 0; i < count; i++) {
            Bytes.putInt(out, at + i * stride, packed[i]);
        }
    }

    private static void storeOne(int[] samples, int count, byte[] out, int at, int stride) {
        for (int i = 0; i < count; i++) {
            out[at + i * stride] = (byte) samples[i];
        }
    }

    /** Fills the columns of a strip with rows of the result that are not yet resampled across. */
    private void fill(int top, int count) {
        for (int y = 0; y < count; y += Strip.TURNED) {
            Interruption.check();
            for (int i = 0; i < Math.min(Strip.TURNED, count - y); i++) {
                addDown(top + y + i, rows[i]);
            }
            turn(y);
        }
    }

    private void addDown(int y, float[] row) {
        int first = down.first()[y];
        for (; read < first + down.weights()[y].length; read++) {
            lines[read] = passed < Math.min(first, read) ? lines[passed++] : new float[fromWidth];
            source.read(read, lines[read]);
        }
        add(lines, first, down.weights()[y], row, fromWidth);
    }

    private void turn(int at) {
        for (int i = 0; i < Strip.TURNED; i += 8) {
            turnEight(rows, i, columns, at + i, fromWidth);
        }
    }

    private static void turnEight(float[][] rows, int first, float[][] columns, int at, int n) {
        float[] a = rows[first];
        float[] b = rows[first + 1];
        float[] c = rows[first + 2];
        float[] d = rows[first + 3];
        float[] e = rows[first + 4];
        float[] f = rows[first + 5];
        float[] g = rows[first + 6];
        float[] h = rows[first + 7];
        for (int x = 0; x < n; x++) {
            float[] column = columns[x];
            column[at] = a[x];
            column[at + 1] = b[x];
            column[at + 2] = c[x];
            column[at + 3] = d[x];
            column[at + 4] = e[x];
            column[at + 5] = f[x];
            column[at + 6] = g[x];
            column[at + 7] = h[x];
        }
    }

    /** Rounds samples less 128, and limits them to 0 to 255; without a minimum or maximum, as {@link IntegerIdct}. */
    private static void limit(float[] samples, int[] into, int n) {
        for (int i = 0; i < n; i++) {
            int sample = (int) (samples[i] + 128.5f);
            int positive = sample & ~(sample >> 31);
            into[i] = (positive | (255 - positive) >> 31) & 255;
        }
    }

    private static void pack(int[] a, int[] b, int[] c, int[] d, int n) {
        for (int i = 0; i < n; i++) {
            a[i] = a[i] << 24 | b[i] << 16 | c[i] << 8 | d[i];
        }
    }

    /** Sets the first values of a line to the sum of weighted lines. */
    private static void add(float[][] lines, int first, float[] weights, float[] into, int n) {
        int j = 0;
        Arrays.fill(into, 0, n, 0);
        for (; j + 8 <= weights.length; j += 8) {
            addEight(lines, first + j, weights, j, into, n);
        }
        for (; j + 2 <= weights.length; j += 2) {
            addTwo(lines[first + j], lines[first + j + 1], weights[j], weights[j + 1], into, n);
        }
        if (j < weights.length) {
            addOne(lines[first + j], weights[j], into, n);
        }
    }

    private static void addOne(float[] a, float u, float[] into, int n) {
        for (int i = 0; i < n; i++) {
            into[i] = into[i] + a[i] * u;
        }
    }

    private static void addTwo(float[] a, float[] b, float u, float v, float[] into, int n) {
        for (int i = 0; i < n; i++) {
            into[i] = into[i] + a[i] * u + b[i] * v;
        }
    }

    private static void addEight(float[][] lines, int first, float[] weights, int at, float[] into, int n) {
        float[] a = lines[first];
        float[] b = lines[first + 1];
        float[] c = lines[first + 2];
        float[] d = lines[first + 3];
        float[] e = lines[first + 4];
        float[] f = lines[first + 5];
        float[] g = lines[first + 6];
        float[] h = lines[first + 7];
        float s = weights[at];
        float t = weights[at + 1];
        float u = weights[at + 2];
        float v = weights[at + 3];
        float w = weights[at + 4];
        float x = weights[at + 5];
        float y = weights[at + 6];
        float z = weights[at + 7];
        for (int i = 0; i < n; i++) {
            into[i] = into[i] + a[i] * s + b[i] * t + c[i] * u + d[i] * v + e[i] * w + f[i] * x + g[i] * y + h[i] * z;
        }
    }
}
