package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.format.Scan;
import java.util.Arrays;

/** What the first scan of a band of AC coefficients brings: the values that are not zero, block after block. */
final class Band {
    /** More values than a block has. */
    private static final int ROOM = 64;

    private final long indices;
    private final int[] starts;
    private short[] values = new short[2 * ROOM];
    private int used;

    /** The band of a scan over a number of blocks. */
    Band(Scan scan, int blocks) {
        this.indices = indices(scan);
        this.starts = new int[blocks];
    }

    /** The zig-zag indices that belong to a scan's band, one bit each. */
    static long indices(Scan scan) {
        return -1L << scan.spectralStart() & -1L >>> (63 - scan.spectralEnd());
    }

    long indices() {
        return indices;
    }

    /** Begins a block, for whose values there is room. */
    void begin(int block) {
        if (values.length - used < 2 * ROOM) {
            values = Arrays.copyOf(values, values.length + (values.length >> 1) + 2 * ROOM);
        }
        starts[block] = used;
    }

    /** The number of a block's first value; of one that was not begun, any. */
    int start(int block) {
        return starts[block];
    }

    /** All values, and at least one element behind them. */
    short[] values() {
        return values;
    }

    int used() {
        return used;
    }

    void used(int count) {
        used = count;
    }
}
