package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Scan;

/** A component's coefficients, built up by the scans of a progressive file. */
final class ProgressiveBlocks implements BlockSource {
    private final Component plane;
    private final int[] steps;
    private final int depth;
    private final short[] coefficients;
    private final long[] masks;

    /** The zig-zag indices, one bit each, of the coefficients whose last bit has been read. */
    private long precise;

    /** Holds the DC coefficients only, or all. */
    ProgressiveBlocks(Component plane, int[] steps, boolean dcOnly) {
        this.plane = plane;
        this.steps = steps;
        this.depth = dcOnly ? 1 : 64;
        this.coefficients = new short[plane.paddedBlocks() * depth];
        this.masks = new long[dcOnly ? 0 : plane.paddedBlocks()];
    }

    /** Records what a scan has added. */
    void record(Scan scan) {
        if (scan.approximationLow() == 0) {
            precise |= -1L >>> (63 - scan.spectralEnd()) & -1L << scan.spectralStart();
        }
    }

    /** Whether all coefficients are complete. */
    boolean finished() {
        return (~precise & -1L >>> (64 - depth)) == 0;
    }

    int index(int x, int y) {
        return y * plane.paddedWidthInBlocks() + x;
    }

    int get(int block, int k) {
        return coefficients[block * depth + k];
    }

    void setDc(int block, int value) {
        coefficients[block * depth] = (short) value;
        if (depth > 1) {
            masks[block] |= 1;
        }
    }

    /** Adds bits to a DC coefficient. */
    void refineDc(int block, int bits) {
        coefficients[block * depth] |= (short) bits;
    }

    /** Adds a bit to the magnitude of nonzero coefficients. */
    void enlarge(int block, long which, int bit) {
        for (long left = which; left != 0; left &= left - 1) {
            int at = block * depth + Long.numberOfTrailingZeros(left);
            int value = coefficients[at];
            int sign = value >> 31;
            if ((value & bit) == 0) {
                coefficients[at] = (short) (value + (bit ^ sign) - sign);
            }
        }
    }

    void set(int block, int k, int value) {
        short stored = (short) value;
        long bit = 1L << k;
        coefficients[block * depth + k] = stored;
        masks[block] = stored == 0 ? masks[block] & ~bit : masks[block] | bit;
    }

    /** The zig-zag indices of the nonzero AC coefficients, one bit each. */
    long mask(int block) {
        return masks[block];
    }

    @Override
    public int widthInBlocks() {
        return plane.widthInBlocks();
    }

    @Override
    public int heightInBlocks() {
        return plane.heightInBlocks();
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public int dc(int x, int y) {
        return coefficients[index(x, y) * depth];
    }

    @Override
    public void read(int x, int y, int limit, Block into) {
        int block = index(x, y);
        if (depth == 1) {
            into.own()[0] = Coefficient.of(0, coefficients[block]);
            into.filled(1);
            return;
        }
        long mask = masks[block] & -1L >>> (63 - limit);
        int n = 0;
        for (long left = mask; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            into.own()[n++] = Coefficient.of(k, coefficients[block * depth + k]);
        }
        into.filled(n);
    }
}
