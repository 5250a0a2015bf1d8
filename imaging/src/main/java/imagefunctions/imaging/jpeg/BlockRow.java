package imagefunctions.imaging.jpeg;

/** A row of blocks, each a mask of its coefficients that are not zero, and those. */
final class BlockRow {
    private final long[] masks;
    private final short[][] values;

    BlockRow(int blocks) {
        masks = new long[blocks];
        values = new short[blocks][64];
    }

    int length() {
        return masks.length;
    }

    /** A bit for the zig-zag index of each coefficient that is not zero. */
    long mask(int x) {
        return masks[x];
    }

    void mask(int x, long mask) {
        masks[x] = mask;
    }

    /** The coefficients that are not zero, by rising zig-zag index. */
    short[] values(int x) {
        return values[x];
    }
}
