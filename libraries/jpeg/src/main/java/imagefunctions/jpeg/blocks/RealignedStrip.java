package imagefunctions.jpeg.blocks;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.format.Zigzag;
import imagefunctions.jpeg.samples.BatchDct;
import imagefunctions.jpeg.samples.BlockRow;
import imagefunctions.jpeg.samples.PlanarLayout;
import imagefunctions.jpeg.samples.PlanarQuantiser;
import imagefunctions.jpeg.scan.Block;
import imagefunctions.jpeg.scan.BlockSource;

/**
 * Blocks side by side, row after row, cut anew by {@link RealignedRows}: few enough for the processor's caches.
 *
 * <p>Across, blocks are samples only while they are moved; down, the samples of two rows of blocks make one new row.
 */
final class RealignedStrip {
    private final BlockSource source;
    private final Transform transform;
    private final int wide;
    private final int high;
    private final RealignedRows.Shift across;
    private final RealignedRows.Shift down;
    private final int first;
    private final int blocks;
    private final int loaded;

    /** The source's steps, negative where mirroring changes signs, by the source's zig-zag index. */
    private final float[] steps = new float[64];

    /** Where the source's coefficients belong: transposed blocks have rows for columns. */
    private final PlanarLayout filled;

    private final PlanarLayout columns;
    private final PlanarLayout rows;
    private final PlanarQuantiser quantiser;
    private final Block block = new Block();

    /** Line and place of the source's zig-zag indices, for the first lane. */
    private final float[][] lineOf = new float[64][];

    private final int[] placeOf = new int[64];
    private final float[][] untransposed;
    private final float[] neighbour;
    private final float[][][] buffers;
    private float[][] current;
    private float[][] free;

    /** Lanes for strips of so many blocks: one that moves across ends in its right neighbour. */
    static int lanes(int blocks, RealignedRows.Shift across) {
        return across.none() ? blocks : blocks + 1;
    }

    /** The layout in which the strip's blocks are quantised. */
    static PlanarLayout layout(int lanes, RealignedRows.Shift down) {
        return new PlanarLayout(lanes, !down.none());
    }

    /** The strip of so many blocks of the turned source, from a place on; quantises with the given steps. */
    RealignedStrip(
            BlockSource source,
            Transform transform,
            RealignedRows.Shift across,
            RealignedRows.Shift down,
            int[] steps,
            int first,
            int blocks,
            int lanes) {
        this.source = source;
        this.transform = transform;
        this.wide = transform.transposes() ? source.heightInBlocks() : source.widthInBlocks();
        this.high = transform.transposes() ? source.widthInBlocks() : source.heightInBlocks();
        this.across = across;
        this.down = down;
        this.first = first;
        this.blocks = blocks;
        // A block that moves across ends in its right neighbour, which may be beyond the picture.
        this.loaded = across.none() ? blocks : Math.min(blocks + 1, wide - first);
        int[] sourceSteps = source.steps();
        for (int k = 0; k < 64; k++) {
            int turned = transform.transposes() ? Zigzag.transposed(k) : k;
            this.steps[k] = (transform.negated() >>> turned & 1) == 0 ? sourceSteps[k] : -sourceSteps[k];
        }
        this.filled = new PlanarLayout(lanes, across.none() != transform.transposes());
        for (int k = 0; k < 64; k++) {
            placeOf[k] = filled.place(k);
        }
        this.columns = new PlanarLayout(lanes, false);
        this.rows = new PlanarLayout(lanes, true);
        float gain = (across.none() ? 1 : BatchDct.GAIN) * (down.none() ? 1 : BatchDct.GAIN);
        this.quantiser = new PlanarQuantiser(layout(lanes, down), steps, gain);
        this.untransposed = across.none() || down.none() ? new float[0][] : columns.make();
        this.neighbour = new float[columns.length()];
        this.buffers = new float[][][] {rows.make(), down.none() ? new float[0][] : rows.make()};
        this.current = buffers[0];
        this.free = buffers[1];
    }

    /** Fills in the strip's part of a row; rows are asked for from the top down. */
    void read(int y, BlockRow into) {
        if (y == 0) {
            current = buffers[0].clone();
            free = buffers[1].clone();
        }
        if (down.none()) {
            load(y, current);
            quantiser.quantise(current, blocks, into, first);
            return;
        }
        if (y == 0) {
            load(y, current);
        }
        if (y + 1 < high) {
            load(y + 1, free);
        } else {
            repeatLast();
        }
        float[][] next = free;
        float[][] moved = new float[8][];
        for (int r = 0; r < 8; r++) {
            int from = r + down.whole();
            moved[r] = from < 8 ? current[from] : next[from - 8];
        }
        blend(moved, next[down.whole()], down.part());
        BatchDct.lines(moved, true);
        quantiser.quantise(moved, blocks, into, first);
        // The next row's lines that went into this one are not needed again.
        free = moved;
        current = next;
    }

    /** Below the picture's end its last line goes on. */
    private void repeatLast() {
        for (int r = 0; r <= down.whole(); r++) {
            System.arraycopy(current[7], 0, free[r], 0, free[r].length);
        }
    }

    /** Reads a row of blocks, moves it across, and makes it samples down, where these are wanted. */
    private void load(int y, float[][] into) {
        if (across.none()) {
            fill(y, into);
        } else if (down.none()) {
            fill(y, into);
            moveAcross(into);
        } else {
            fill(y, untransposed);
            moveAcross(untransposed);
            columns.turnOver(untransposed, into);
        }
        if (!down.none()) {
            BatchDct.lines(into, false);
        }
    }

    private void fill(int y, float[][] into) {
        PlanarLayout.clear(into);
        for (int k = 0; k < 64; k++) {
            lineOf[k] = into[filled.line(k)];
        }
        int alongY = transform.mirrorsY() ? high - 1 - y : y;
        for (int lane = 0; lane < loaded; lane++) {
            int alongX = transform.mirrorsX() ? wide - 1 - first - lane : first + lane;
            if (transform.transposes()) {
                source.read(alongY, alongX, 63, block);
            } else {
                source.read(alongX, alongY, 63, block);
            }
            int[] coefficients = block.coefficients();
            for (int i = block.start(); i < block.end(); i++) {
                int k = Coefficient.index(coefficients[i]);
                lineOf[k][placeOf[k] + lane] = Coefficient.value(coefficients[i]) * steps[k];
            }
        }
    }

    private void moveAcross(float[][] lines) {
        BatchDct.lines(lines, false);
        if (loaded == blocks) {
            repeatLastColumn(lines);
        }
        float[][] old = lines.clone();
        System.arraycopy(old[across.whole()], 1, neighbour, 0, neighbour.length - 1);
        for (int c = 0; c < 8; c++) {
            int from = c + across.whole();
            lines[c] = old[from & 7];
            if (from >= 8) {
                // All lanes move by one; what comes from the next run into the last lane is never looked at.
                System.arraycopy(lines[c], 1, lines[c], 0, lines[c].length - 1);
            }
        }
        blend(lines, neighbour, across.part());
        BatchDct.lines(lines, true);
    }

    private void repeatLastColumn(float[][] lines) {
        for (int at = loaded; at < columns.length(); at += columns.lanes()) {
            for (int c = 0; c <= across.whole(); c++) {
                lines[c][at] = lines[7][at - 1];
            }
        }
    }

    /** Adds to each line a part of the way to the next one. */
    private static void blend(float[][] lines, float[] behind, float part) {
        for (int i = 0; i < 8 && part != 0; i++) {
            blend(lines[i], i < 7 ? lines[i + 1] : behind, part);
        }
    }

    private static void blend(float[] line, float[] next, float part) {
        for (int i = 0; i < line.length; i++) {
            line[i] += (next[i] - line[i]) * part;
        }
    }
}
