package imagefunctions.jpeg.samples;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Interruption;
import imagefunctions.jpeg.format.Zigzag;
import imagefunctions.jpeg.scan.Block;
import imagefunctions.jpeg.scan.BlockSource;
import java.util.Arrays;

/** Decodes a component's blocks to samples at 1/8, 1/4, 1/2 or 1/1 of their size. */
public final class PlaneReader {
    /** The largest zig-zag index among the lowest 1, 2, 4, 8 rows and columns of coefficients. */
    private static final int[] LIMITS = {0, 0, 4, 0, 24, 0, 0, 0, 63};

    private PlaneReader() {}

    /**
     * Decodes a component.
     *
     * @param size width and height of a block in samples: 1, 2, 4 or 8
     */
    public static Plane read(BlockSource source, Component component, int size) {
        int width = Math.ceilDiv(component.width() * size, 8);
        int height = Math.ceilDiv(component.height() * size, 8);
        int stride = source.widthInBlocks() * size;
        byte[] samples = new byte[stride * source.heightInBlocks() * size];
        switch (size) {
            case 1 -> readDc(source, samples);
            case 8 -> readWhole(source, samples);
            default -> readReduced(source, size, samples);
        }
        float coveredWidth = component.coveredWidth() * size / 8;
        float coveredHeight = component.coveredHeight() * size / 8;
        return new Plane(samples, width, height, stride, coveredWidth, coveredHeight);
    }

    /** The mean of a block is an eighth of its DC coefficient; rounded as in libjpeg. */
    private static void readDc(BlockSource source, byte[] samples) {
        int step = source.steps()[0];
        for (int y = 0; y < source.heightInBlocks(); y++) {
            Interruption.check();
            for (int x = 0; x < source.widthInBlocks(); x++) {
                samples[y * source.widthInBlocks() + x] = sample(((source.dc(x, y) * step + 4) >> 3) + 128);
            }
        }
    }

    static byte sample(int value) {
        return (byte) Math.clamp(value, 0, 255);
    }

    private static void readReduced(BlockSource source, int size, byte[] samples) {
        float[] block = new float[64];
        Block read = new Block();
        int[] steps = source.steps();
        int stride = source.widthInBlocks() * size;
        for (int y = 0; y < source.heightInBlocks(); y++) {
            Interruption.check();
            for (int x = 0; x < source.widthInBlocks(); x++) {
                source.read(x, y, LIMITS[size], read);
                Arrays.fill(block, 0, size * 8, 0);
                for (int i = read.start(); i < read.end(); i++) {
                    int coefficient = read.coefficients()[i];
                    int k = Coefficient.index(coefficient);
                    block[Zigzag.natural(k)] = Coefficient.value(coefficient) * steps[k];
                }
                int at = y * size * stride + x * size;
                if (size == 2) {
                    SmallIdct.two(block, samples, at, stride);
                } else {
                    SmallIdct.four(block, samples, at, stride);
                }
            }
        }
    }

    private static void readWhole(BlockSource source, byte[] samples) {
        int lanes = source.widthInBlocks();
        int[] steps = source.steps();
        float[][] lines = new float[64][lanes];
        Block read = new Block();
        for (int y = 0; y < source.heightInBlocks(); y++) {
            Interruption.check();
            for (float[] line : lines) {
                Arrays.fill(line, 0);
            }
            for (int lane = 0; lane < lanes; lane++) {
                source.read(lane, y, 63, read);
                for (int i = read.start(); i < read.end(); i++) {
                    int coefficient = read.coefficients()[i];
                    int k = Coefficient.index(coefficient);
                    lines[Zigzag.natural(k)][lane] = Coefficient.value(coefficient) * steps[k];
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
