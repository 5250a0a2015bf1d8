package imagefunctions.jpeg.samples;

/**
 * A row of blocks to be coded: which of their coefficients are not zero, and where those are.
 *
 * <p>How the coefficients lie is up to who fills the row: one block behind the other, or, as {@link PlanarLayout} have them, one
 * coefficient of many blocks behind the other. The coefficient of a block at a zig-zag index is `values()[places()[index]
 * + base(block)]`; those that are zero may hold anything.
 */
public final class BlockRow {
    private final int[] values;
    private final int[] places;
    private final int[] bases;
    private final long[] masks;

    private BlockRow(int[] values, int[] places, int[] bases) {
        this.values = values;
        this.places = places;
        this.bases = bases;
        this.masks = new long[bases.length];
    }

    /** Blocks one behind the other, their coefficients by zig-zag index. */
    public static BlockRow ofBlocks(int blocks) {
        int[] places = new int[64];
        int[] bases = new int[blocks];
        for (int k = 0; k < places.length; k++) {
            places[k] = k;
        }
        for (int x = 0; x < blocks; x++) {
            bases[x] = 64 * x;
        }
        return new BlockRow(new int[64 * blocks], places, bases);
    }

    /** Strips of blocks that lie side by side; where each begins, and, one more, where the last one ends. */
    public static BlockRow ofLines(PlanarLayout layout, int... firsts) {
        int[] places = new int[64];
        int[] bases = new int[firsts[firsts.length - 1]];
        for (int k = 0; k < places.length; k++) {
            places[k] = layout.line(k) * layout.length() + layout.place(k);
        }
        for (int strip = 0; strip + 1 < firsts.length; strip++) {
            for (int x = firsts[strip]; x < firsts[strip + 1]; x++) {
                bases[x] = strip * 8 * layout.length() + x - firsts[strip];
            }
        }
        return new BlockRow(new int[(firsts.length - 1) * 8 * layout.length()], places, bases);
    }

    public int length() {
        return masks.length;
    }

    public int[] values() {
        return values;
    }

    public int[] places() {
        return places;
    }

    public int base(int x) {
        return bases[x];
    }

    /** A bit for the zig-zag index of each coefficient that is not zero. */
    public long mask(int x) {
        return masks[x];
    }

    public void mask(int x, long mask) {
        masks[x] = mask;
    }

    /** One coefficient, zero or not. */
    public int value(int x, int index) {
        return (masks[x] >>> index & 1) == 0 ? 0 : values[places[index] + bases[x]];
    }
}
