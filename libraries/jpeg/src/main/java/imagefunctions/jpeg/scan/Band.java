package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.format.Scan;
import java.util.Arrays;

/**
 * What the first scan of a band of AC coefficients brings: the values that are not zero, block after block, in pieces none of
 * which is ever copied, so that no more is held than there is.
 */
final class Band {
    /** Values of a block at most, and an element behind them, which readers may look at. */
    private static final int ROOM = 64;

    private static final int PIECE_BITS = 15;
    private static final int PIECE = 1 << PIECE_BITS;

    private final long indices;
    private final int blocks;
    private int[] starts = {};
    private short[][] pieces = {{0}};
    private int count;
    private int used;

    /** The band of a scan over a number of blocks. */
    Band(Scan scan, int blocks) {
        this.indices = indices(scan);
        this.blocks = blocks;
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
        if (count == 0) {
            starts = new int[blocks];
        }
        if (count == 0 || pieces[count - 1].length - used < ROOM) {
            if (count == pieces.length) {
                pieces = Arrays.copyOf(pieces, 2 * count);
            }
            pieces[count++] = new short[(int) Math.min(PIECE, (long) blocks * ROOM)];
            used = 0;
        }
        starts[block] = (count - 1) << PIECE_BITS | used;
    }

    /** The piece in which the values of a block are, if it has any. */
    short[] piece(int block) {
        return pieces[start(block) >>> PIECE_BITS];
    }

    /** The number of its first value in that piece. */
    int first(int block) {
        return start(block) & PIECE - 1;
    }

    private int start(int block) {
        return starts.length == 0 ? 0 : starts[block];
    }

    /** The piece that is being filled. */
    short[] last() {
        return pieces[count - 1];
    }

    int used() {
        return used;
    }

    void used(int values) {
        used = values;
    }
}
