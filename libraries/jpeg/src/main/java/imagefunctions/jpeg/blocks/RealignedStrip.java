package imagefunctions.jpeg.blocks;

import imagefunctions.jpeg.samples.BatchDct;
import imagefunctions.jpeg.samples.BlockRow;

/**
 * A strip of {@link RealignedRows}, narrow enough for the processor's caches.
 *
 * <p>Horizontally, blocks are samples only while they are moved; vertically, the samples of two block rows make one new
 * row.
 */
final class RealignedStrip {
    private final Realignment realignment;
    private final RealignedRows.Offset down;
    private final int first;
    private final int blocks;
    private final float[][][] buffers;
    private float[][] current;
    private float[][] free;
    private int next = -1;

    /** The strip of a number of blocks of the transformed source from a block on. */
    RealignedStrip(Realignment realignment, int first, int blocks) {
        this.realignment = realignment;
        this.down = realignment.down();
        this.first = first;
        this.blocks = blocks;
        this.buffers = new float[][][] {realignment.lines(), down.none() ? new float[0][] : realignment.lines()};
        this.current = buffers[0];
        this.free = buffers[1];
    }

    /** Fills in the strip's part of a row; the row below it takes less time than any other one next. */
    void read(int y, BlockRow into) {
        boolean jumped = y != next;
        next = y + 1;
        if (jumped) {
            current = buffers[0].clone();
            free = buffers[1].clone();
        }
        if (down.none()) {
            realignment.load(y, first, blocks, current);
            realignment.quantise(current, blocks, into, first);
            return;
        }
        if (jumped) {
            realignment.load(y, first, blocks, current);
        }
        if (y + 1 < realignment.heightInBlocks()) {
            realignment.load(y + 1, first, blocks, free);
        } else {
            repeatLast();
        }
        float[][] below = free;
        float[][] moved = new float[8][];
        for (int r = 0; r < 8; r++) {
            int from = r + down.whole();
            moved[r] = from < 8 ? current[from] : below[from - 8];
        }
        Realignment.blend(moved, below[down.whole()], down.part());
        BatchDct.lines(moved, true);
        realignment.quantise(moved, blocks, into, first);
        // The lines of the next row that went into this one are not needed again.
        free = moved;
        current = below;
    }

    /** Past the bottom edge, the last line is repeated. */
    private void repeatLast() {
        for (int r = 0; r <= down.whole(); r++) {
            System.arraycopy(current[7], 0, free[r], 0, free[r].length);
        }
    }
}
