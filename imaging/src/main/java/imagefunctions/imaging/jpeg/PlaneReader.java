package imagefunctions.imaging.jpeg;

import java.util.Arrays;

/** Makes samples of a component's blocks at an eighth, a quarter, half or the whole of their size. */
final class PlaneReader {
    /** The largest zig-zag index among the lowest 1, 2, 4, 8 rows and columns of coefficients. */
    private static final int[] LIMITS = {0, 0, 4, 0, 24, 0, 0, 0, 63};

    private PlaneReader() {}

    /**
     * Reconstructs a component.
     *
     * @param size samples of a block's edge: 1, 2, 4 or 8
     */
    static Plane read(BlockSource source, Component component, int size) {
        int width = Frame.ceilDiv(component.width() * size, 8);
        int height = Frame.ceilDiv(component.height() * size, 8);
        int stride = source.wide() * size;
        byte[] samples = new byte[stride * source.high() * size];
        switch (size) {
            case 1 -> readDc(source, samples);
            case 8 -> readWhole(source, samples);
            default -> readReduced(source, size, samples);
        }
        return new Plane(samples, width, height, stride, component.width() * size / 8f, component.height() * size / 8f);
    }

    /** A block's mean is an eighth of its DC coefficient; rounded as libjpeg rounds. */
    private static void readDc(BlockSource source, byte[] samples) {
        int step = source.steps()[0];
        for (int y = 0; y < source.high(); y++) {
            for (int x = 0; x < source.wide(); x++) {
                samples[y * source.wide() + x] = sample(((source.dc(x, y) * step + 4) >> 3) + 128);
            }
        }
    }

    private static byte sample(int value) {
        return (byte) Math.clamp(value, 0, 255);
    }

    /** The transform of the smaller size, of the coefficients that it has (ITU-T T.81, A.3.3, with fewer samples). */
    private static void readReduced(BlockSource source, int size, byte[] samples) {
        float[] basis = basis(size);
        float[] block = new float[size * 8];
        float[] half = new float[size * size];
        short[] values = new short[64];
        int[] steps = source.steps();
        int stride = source.wide() * size;
        for (int y = 0; y < source.high(); y++) {
            for (int x = 0; x < source.wide(); x++) {
                long mask = source.read(x, y, LIMITS[size], values);
                Arrays.fill(block, 0);
                int n = 0;
                for (long left = mask; left != 0; left &= left - 1) {
                    int k = Long.numberOfTrailingZeros(left);
                    int natural = Zigzag.NATURAL[k];
                    if (natural < block.length) {
                        block[natural] = values[n] * steps[k];
                    }
                    n++;
                }
                reconstruct(block, basis, half, size, samples, y * size * stride + x * size, stride);
            }
        }
    }

    private static float[] basis(int size) {
        float[] basis = new float[size * size];
        for (int n = 0; n < size; n++) {
            for (int u = 0; u < size; u++) {
                double norm = Math.sqrt((u == 0 ? 1.0 : 2.0) / 8);
                basis[n * size + u] = (float) (norm * Math.cos((2 * n + 1) * u * Math.PI / (2 * size)));
            }
        }
        return basis;
    }

    private static void reconstruct(
            float[] block, float[] basis, float[] half, int size, byte[] samples, int at, int stride) {
        for (int v = 0; v < size; v++) {
            for (int n = 0; n < size; n++) {
                float sum = 0;
                for (int u = 0; u < size; u++) {
                    sum += block[v * 8 + u] * basis[n * size + u];
                }
                half[v * size + n] = sum;
            }
        }
        for (int m = 0; m < size; m++) {
            for (int n = 0; n < size; n++) {
                float sum = 128.5f;
                for (int v = 0; v < size; v++) {
                    sum += half[v * size + n] * basis[m * size + v];
                }
                samples[at + m * stride + n] = sample((int) sum);
            }
        }
    }

    private static void readWhole(BlockSource source, byte[] samples) {
        int lanes = source.wide();
        int[] steps = source.steps();
        float[][] lines = new float[64][lanes];
        short[] values = new short[64];
        for (int y = 0; y < source.high(); y++) {
            for (float[] line : lines) {
                Arrays.fill(line, 0);
            }
            for (int lane = 0; lane < lanes; lane++) {
                int n = 0;
                for (long left = source.read(lane, y, 63, values); left != 0; left &= left - 1) {
                    int k = Long.numberOfTrailingZeros(left);
                    lines[Zigzag.NATURAL[k]][lane] = values[n++] * steps[k];
                }
            }
            BatchDct.columns(lines, lanes, false);
            BatchDct.rows(lines, lanes, false);
            for (int i = 0; i < 64; i++) {
                int at = (y * 8 + (i >> 3)) * lanes * 8 + (i & 7);
                float[] line = lines[i];
                for (int lane = 0; lane < lanes; lane++) {
                    samples[at + lane * 8] = sample((int) (line[lane] / BatchDct.GAIN + 128.5f));
                }
            }
        }
    }
}
