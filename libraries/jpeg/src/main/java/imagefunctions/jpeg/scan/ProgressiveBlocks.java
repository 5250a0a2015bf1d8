package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Scan;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A component's coefficients, built up by the scans of a progressive file. DC coefficients lie together, since their scans
 * pass all blocks. Of AC coefficients there are the values that the first scan of each band has brought, one after the
 * other, and what refinement scans add to them in sets of zig-zag indices, one bit each: so no scan passes memory for what
 * is zero, or visits a coefficient that it only refines. A block's coefficients are put together when it is read.
 */
final class ProgressiveBlocks implements BlockSource {
    /** The sets of a block. */
    private static final int SETS = 5;

    /** Coefficients that a first scan has brought. */
    private static final int BEGUN = 0;

    /** Coefficients that a refinement scan has made nonzero. */
    private static final int BROUGHT = 1;

    /** Those of them that are negative. */
    private static final int NEGATIVE = 2;

    /** Magnitudes with bit 0 from a refinement scan; those with bit 1 follow. */
    private static final int ONES = 3;

    private final Component plane;
    private final int[] steps;
    private final boolean dcOnly;
    private final short[] dc;
    private final long[] sets;

    /** By rising index. */
    private Band[] bands = {};

    /** Magnitudes with bit 2 or a higher one from a refinement scan, by bit and block: few files refine more than two. */
    private final long[][] higher = new long[Scan.MAX_APPROXIMATION + 1][0];

    private boolean refinedHigher;

    /** The zig-zag indices, one bit each, of the coefficients whose last bit has been read. */
    private long precise;

    /** Holds the DC coefficients only, or all. */
    ProgressiveBlocks(Component plane, int[] steps, boolean dcOnly) {
        this.plane = plane;
        this.steps = steps;
        this.dcOnly = dcOnly;
        this.dc = new short[plane.paddedBlocks()];
        this.sets = new long[dcOnly ? 0 : dc.length * SETS];
    }

    /** Records what a scan has added. */
    void record(Scan scan) {
        if (scan.approximationLow() == 0) {
            precise |= Band.indices(scan);
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

    /** The band of a first scan, to be filled in by it. */
    Band begin(Scan scan) {
        Band band = new Band(scan, dc.length);
        bands = Stream.concat(Arrays.stream(bands), Stream.of(band))
                .sorted(Comparator.comparing(Band::indices, Long::compareUnsigned))
                .toArray(Band[]::new);
        return band;
    }

    /** Adds coefficients of a block that the first scan of a band has brought. */
    void begun(int block, long set) {
        sets[block * SETS + BEGUN] |= set;
    }

    /**
     * Refines AC coefficients of a block by a bit of their magnitudes.
     *
     * @param low number of the bit
     * @param larger those nonzero before that have it
     * @param brought those that it makes nonzero
     * @param negative those of them that it makes negative
     */
    void refine(int block, int low, long larger, long brought, long negative) {
        int at = block * SETS;
        sets[at + BROUGHT] |= brought;
        sets[at + NEGATIVE] |= negative;
        if (ONES + low < SETS) {
            sets[at + ONES + low] |= larger | brought;
        } else if ((larger | brought) != 0) {
            refineHigher(block, low, larger | brought);
        }
    }

    private void refineHigher(int block, int low, long which) {
        if (higher[low].length == 0) {
            higher[low] = new long[dc.length];
            refinedHigher = true;
        }
        higher[low][block] |= which;
    }

    /** The zig-zag indices of the nonzero AC coefficients, one bit each. */
    long mask(int block) {
        return sets[block * SETS + BEGUN] | sets[block * SETS + BROUGHT];
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
        if (!dcOnly && limit > 0) {
            int at = block * SETS;
            long begun = sets[at + BEGUN];
            long mask = mask(block) & -1L >>> (63 - limit);
            long negative = sets[at + NEGATIVE];
            long ones = sets[at + ONES];
            long twos = sets[at + ONES + 1];
            for (Band band : bands) {
                long left = mask & band.indices();
                if (left == 0) {
                    continue;
                }
                short[] values = band.piece(block);
                int next = band.first(block);
                for (; left != 0; left &= left - 1) {
                    int k = Long.numberOfTrailingZeros(left);
                    int valued = (int) (begun >>> k) & 1;
                    int value = values[next] & -valued;
                    next += valued;
                    int sign = value >> 31 | -((int) (negative >>> k) & 1);
                    int bits = (int) ((ones >>> k & 1) + 2 * (twos >>> k & 1));
                    if (refinedHigher) {
                        bits |= higherBits(block, k);
                    }
                    own[n++] = Coefficient.of(k, value + (bits ^ sign) - sign);
                }
            }
        }
        into.filled(n);
    }

    private int higherBits(int block, int k) {
        int bits = 0;
        for (int low = 0; low < higher.length; low++) {
            bits |= higher[low].length == 0 ? 0 : (int) (higher[low][block] >>> k & 1) << low;
        }
        return bits;
    }
}
