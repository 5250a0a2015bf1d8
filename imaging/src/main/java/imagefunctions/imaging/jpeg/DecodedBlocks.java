package imagefunctions.imaging.jpeg;

/** A component's blocks, all of whose coefficients a {@link SequentialDecoder} has decoded. */
final class DecodedBlocks implements BlockSource {
    private final int wide;
    private final int high;
    private final int[] steps;
    private final SequentialDecoder decoder;
    private final long[] masks;
    private final int[] starts;

    DecodedBlocks(Component plane, int[] steps, SequentialDecoder decoder) {
        this.wide = plane.blocksWide();
        this.high = plane.blocksHigh();
        this.steps = steps;
        this.decoder = decoder;
        this.masks = new long[wide * high];
        this.starts = new int[wide * high];
    }

    /** Remembers a block: which of its coefficients are not zero, and where those begin among all decoded. */
    void put(int x, int y, long mask, int start) {
        masks[y * wide + x] = mask;
        starts[y * wide + x] = start;
    }

    @Override
    public int wide() {
        return wide;
    }

    @Override
    public int high() {
        return high;
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public int dc(int x, int y) {
        int at = y * wide + x;
        return (masks[at] & 1) == 0 ? 0 : decoder.values()[starts[at]];
    }

    @Override
    public long read(int x, int y, int limit, short[] values) {
        int at = y * wide + x;
        long mask = masks[at] & -1L >>> (63 - limit);
        // As many as a block may have: to copy a known number is faster than to copy the right one.
        System.arraycopy(decoder.values(), starts[at], values, 0, 64);
        return mask;
    }
}
