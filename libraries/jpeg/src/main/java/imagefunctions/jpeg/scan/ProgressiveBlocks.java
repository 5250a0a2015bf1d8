package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Scan;

/**
 * A component's coefficients, built up by the scans of a progressive file. DC coefficients lie together, since their scans
 * pass all blocks, and AC coefficients are there only where the mask says so.
 */
final class ProgressiveBlocks implements BlockSource {
    private static final int BLOCK_BITS = 6;

    private final Component plane;
    private final int[] steps;
    private final boolean dcOnly;
    private final short[] dc;
    private final short[] ac;
    private final long[] masks;

    /** The zig-zag indices, one bit each, of the coefficients whose last bit has been read. */
    private long precise;

    /** Holds the DC coefficients only, or all. */
    ProgressiveBlocks(Component plane, int[] steps, boolean dcOnly) {
        this.plane = plane;
        this.steps = steps;
        this.dcOnly = dcOnly;
        this.dc = new short[plane.paddedBlocks()];
        this.ac = new short[dcOnly ? 0 : dc.length << BLOCK_BITS];
        this.masks = new long[dcOnly ? 0 : dc.length];
    }

    /** Records what a scan has added. */
    void record(Scan scan) {
        if (scan.approximationLow() == 0) {
            precise |= -1L >>> (63 - scan.spectralEnd()) & -1L << scan.spectralStart();
        }
    }

    /** Whether all coefficients are complete. */
    boolean finished() {
        return (~precise & (dcOnly ? 1 : -1)) == 0;
    }

    int index(int x, int y) {
        return y * plane.paddedWidthInBlocks() + x;
    }

    void setDc(int block, int value) {
        dc[block] = (short) value;
    }

    /** Adds bits to a DC coefficient. */
    void refineDc(int block, int bits) {
        dc[block] |= (short) bits;
    }

    /** Adds a bit to the magnitude of nonzero coefficients. */
    void enlarge(int block, long which, int bit) {
        for (long left = which; left != 0; left &= left - 1) {
            int at = block << BLOCK_BITS | Long.numberOfTrailingZeros(left);
            int value = ac[at];
            int sign = value >> 31;
            if ((value & bit) == 0) {
                ac[at] = (short) (value + (bit ^ sign) - sign);
            }
        }
    }

    /** Sets an AC coefficient; returns what becomes of the block's mask, which is set when all have been. */
    long set(int block, int k, int value, long mask) {
        short stored = (short) value;
        long bit = 1L << k;
        ac[block << BLOCK_BITS | k] = stored;
        return stored == 0 ? mask & ~bit : mask | bit;
    }

    /** The zig-zag indices of the nonzero AC coefficients, one bit each. */
    long mask(int block) {
        return masks[block];
    }

    void mask(int block, long mask) {
        masks[block] = mask;
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
    public boolean shared() {
        return true;
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public int dc(int x, int y) {
        return dc[index(x, y)];
    }

    @Override
    public void read(int x, int y, int limit, Block into) {
        int block = index(x, y);
        int[] own = into.own();
        own[0] = Coefficient.of(0, dc[block]);
        int n = 1;
        for (long left = dcOnly ? 0 : masks[block] & -1L >>> (63 - limit); left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            own[n++] = Coefficient.of(k, ac[block << BLOCK_BITS | k]);
        }
        into.filled(n);
    }
}
