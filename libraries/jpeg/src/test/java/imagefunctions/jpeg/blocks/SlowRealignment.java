package imagefunctions.jpeg.blocks;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.format.Zigzag;
import imagefunctions.jpeg.scan.Block;
import imagefunctions.jpeg.scan.BlockSource;

/**
 * A component transformed as a plane of samples, in double precision by the formulas of ITU-T T.81, A.3.3, and
 * realigned.
 */
final class SlowRealignment {
    private final double[][] samples;

    private SlowRealignment(double[][] samples) {
        this.samples = samples;
    }

    /** All samples of a component's blocks, those that only fill up included, laid as the transform says. */
    static SlowRealignment of(BlockSource source, Transform transform) {
        int wide = source.widthInBlocks() * 8;
        int high = source.heightInBlocks() * 8;
        double[][] plane = new double[high][wide];
        Block block = new Block();
        for (int y = 0; y < source.heightInBlocks(); y++) {
            for (int x = 0; x < source.widthInBlocks(); x++) {
                source.read(x, y, 63, block);
                inverse(block, source.steps(), plane, x * 8, y * 8);
            }
        }
        return new SlowRealignment(transformed(plane, transform));
    }

    private static void inverse(Block block, int[] steps, double[][] plane, int left, int top) {
        for (int n = block.start(); n < block.end(); n++) {
            int k = Coefficient.index(block.coefficients()[n]);
            double coefficient = (double) Coefficient.value(block.coefficients()[n]) * steps[k];
            for (int i = 0; i < 64; i++) {
                plane[top + i / 8][left + i % 8] +=
                        coefficient * cosine(Zigzag.natural(k) / 8, i / 8) * cosine(Zigzag.natural(k) % 8, i % 8);
            }
        }
    }

    private static double cosine(int order, int at) {
        return Math.sqrt(order == 0 ? 1 / 8.0 : 1 / 4.0) * Math.cos((2 * at + 1) * order * Math.PI / 16);
    }

    private static double[][] transformed(double[][] plane, Transform transform) {
        int high = transform.transposes() ? plane[0].length : plane.length;
        int wide = transform.transposes() ? plane.length : plane[0].length;
        double[][] transformed = new double[high][wide];
        for (int y = 0; y < high; y++) {
            for (int x = 0; x < wide; x++) {
                int fromX = transform.mirrorsX() ? wide - 1 - x : x;
                int fromY = transform.mirrorsY() ? high - 1 - y : y;
                transformed[y][x] = transform.transposes() ? plane[fromX][fromY] : plane[fromY][fromX];
            }
        }
        return transformed;
    }

    /** The exact coefficient, by zig-zag index, of a block at an offset of samples. */
    double coefficient(int blockX, int blockY, double across, double down, int k) {
        double sum = 0;
        for (int i = 0; i < 64; i++) {
            double sample = at(blockX * 8 + i % 8 + across, blockY * 8 + i / 8 + down);
            sum += sample * cosine(Zigzag.natural(k) / 8, i / 8) * cosine(Zigzag.natural(k) % 8, i % 8);
        }
        return sum;
    }

    /** A sample, interpolated between its neighbours; beyond the end the last one. */
    private double at(double x, double y) {
        int left = (int) x;
        int top = (int) y;
        double above = along(top, left, x - left);
        return above + (along(top + 1, left, x - left) - above) * (y - top);
    }

    private double along(int row, int column, double part) {
        double[] line = samples[Math.min(row, samples.length - 1)];
        double here = line[Math.min(column, line.length - 1)];
        return here + (line[Math.min(column + 1, line.length - 1)] - here) * part;
    }
}
