package imagefunctions.jpeg.samples;

/**
 * A row of quantised blocks: which coefficients are nonzero, and where these are stored.
 *
 * <p>The layout is the producer's choice: one block after the other or, as in {@link PlanarLayout} one coefficient of
 * many blocks after the other. The coefficient of a block at a zig-zag index is `values()[positions()[index] +
 * base(block)]`; elements of coefficients that are zero are undefined.
 */
public final class BlockRow {
    private final int[] values;
    private final int[] positions;
    private final int[] bases;
    private final long[] masks;

    private BlockRow(int[] values, int[] positions, int[] bases) {
        this.values = values;
        this.positions = positions;
        this.bases = bases;
        this.masks = new long[bases.length];
    }

    /** A row of blocks one after the other, with coefficients by zig-zag index. */
    public static BlockRow ofBlocks(int blocks) {
        int[] positions = new int[64];
        int[] bases = new int[blocks];
        for (int k = 0; k < positions.length; k++) {
            positions[k] = k;
        }
        for (int x = 0; x < blocks; x++) {
            bases[x] = 64 * x;
        }
        return new BlockRow(new int[64 * blocks], positions, bases);
    }

    /** A row of strips in planar layout, given the first block of each, and the end of the last one. */
    public static BlockRow ofPlanar(PlanarLayout layout, int... firsts) {
        int[] positions = new int[64];
        int[] bases = new int[firsts[firsts.length - 1]];
        for (int k = 0; k < positions.length; k++) {
            positions[k] = layout.line(k) * layout.length() + layout.position(k);
        }
        for (int strip = 0; strip + 1 < firsts.length; strip++) {
            for (int x = firsts[strip]; x < firsts[strip + 1]; x++) {
                bases[x] = strip * 8 * layout.length() + x - firsts[strip];
            }
        }
        return new BlockRow(new int[(firsts.length - 1) * 8 * layout.length()], positions, bases);
    }

    public int length() {
        return masks.length;
    }

    public int[] values() {
        return values;
    }

    public int[] positions() {
        return positions;
    }

    public int base(int x) {
        return bases[x];
    }

    /** The zig-zag indices of the nonzero coefficients, one bit each. */
    public long mask(int x) {
        return masks[x];
    }

    public void mask(int x, long mask) {
        masks[x] = mask;
    }

    /** A coefficient, which may be zero. */
    public int value(int x, int index) {
        return (masks[x] >>> index & 1) == 0 ? 0 : values[positions[index] + bases[x]];
    }
}
