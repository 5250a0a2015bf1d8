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
 * A strip of {@link RealignedRows}, narrow enough for the processor's caches.
 *
 * <p>Horizontally, blocks are samples only while they are moved; vertically, the samples of two block rows make one new
 * row.
 */
final class RealignedStrip {
    private final BlockSource source;
    private final Transform transform;
    private final int widthInBlocks;
    private final int heightInBlocks;
    private final RealignedRows.Offset across;
    private final RealignedRows.Offset down;
    private final int first;
    private final int blocks;
    private final int loaded;

    /** The source's steps by zig-zag index, negative where the transform negates coefficients. */
    private final float[] steps = new float[64];

    /** The layout that the source's coefficients are put into: of transposed blocks, rows are columns. */
    private final PlanarLayout filled;

    private final PlanarLayout columns;
    private final PlanarLayout rows;
    private final PlanarQuantiser quantiser;
    private final Block block = new Block();

    /** Line, and position in it, of the source's zig-zag indices for the first lane. */
    private final float[][] lineOf = new float[64][];

    private final int[] positionOf = new int[64];
    private final float[][] untransposed;
    private final float[] neighbour;
    private final float[][][] buffers;
    private float[][] current;
    private float[][] free;
    private int next = -1;

    /** The lanes of a strip of blocks: if these move horizontally, they need their right neighbour. */
    static int lanes(int blocks, RealignedRows.Offset across) {
        return across.none() ? blocks : blocks + 1;
    }

    /** The layout in which blocks are quantised. */
    static PlanarLayout layout(int lanes, RealignedRows.Offset down) {
        return new PlanarLayout(lanes, !down.none());
    }

    /** The strip of a number of blocks of the transformed source from a block on, requantised with the given steps. */
    RealignedStrip(
            BlockSource source,
            Transform transform,
            RealignedRows.Offset across,
            RealignedRows.Offset down,
            int[] steps,
            int first,
            int blocks,
            int lanes) {
        this.source = source;
        this.transform = transform;
        this.widthInBlocks = transform.transposes() ? source.heightInBlocks() : source.widthInBlocks();
        this.heightInBlocks = transform.transposes() ? source.widthInBlocks() : source.heightInBlocks();
        this.across = across;
        this.down = down;
        this.first = first;
        this.blocks = blocks;
        // A block that moves horizontally needs its right neighbour, which may be past the edge.
        this.loaded = across.none() ? blocks : Math.min(blocks + 1, widthInBlocks - first);
        int[] sourceSteps = source.steps();
        for (int k = 0; k < 64; k++) {
            int index = transform.transposes() ? Zigzag.transposed(k) : k;
            this.steps[k] = (transform.negated() >>> index & 1) == 0 ? sourceSteps[k] : -sourceSteps[k];
        }
        this.filled = new PlanarLayout(lanes, across.none() != transform.transposes());
        for (int k = 0; k < 64; k++) {
            positionOf[k] = filled.position(k);
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

    /** Fills in the strip's part of a row; the row below it takes less time than any other one next. */
    void read(int y, BlockRow into) {
        boolean anew = y != next;
        next = y + 1;
        if (anew) {
            current = buffers[0].clone();
            free = buffers[1].clone();
        }
        if (down.none()) {
            load(y, current);
            quantiser.quantise(current, blocks, into, first);
            return;
        }
        if (anew) {
            load(y, current);
        }
        if (y + 1 < heightInBlocks) {
            load(y + 1, free);
        } else {
            repeatLast();
        }
        float[][] below = free;
        float[][] moved = new float[8][];
        for (int r = 0; r < 8; r++) {
            int from = r + down.whole();
            moved[r] = from < 8 ? current[from] : below[from - 8];
        }
        blend(moved, below[down.whole()], down.part());
        BatchDct.lines(moved, true);
        quantiser.quantise(moved, blocks, into, first);
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

    /** Reads a block row, moves it horizontally, and transforms it to samples vertically, as far as needed. */
    private void load(int y, float[][] into) {
        if (across.none()) {
            fill(y, into);
        } else if (down.none()) {
            fill(y, into);
            moveAcross(into);
        } else {
            fill(y, untransposed);
            moveAcross(untransposed);
            columns.transpose(untransposed, into);
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
        int alongY = transform.mirrorsY() ? heightInBlocks - 1 - y : y;
        for (int lane = 0; lane < loaded; lane++) {
            int alongX = transform.mirrorsX() ? widthInBlocks - 1 - first - lane : first + lane;
            if (transform.transposes()) {
                source.read(alongY, alongX, 63, block);
            } else {
                source.read(alongX, alongY, 63, block);
            }
            int[] coefficients = block.coefficients();
            for (int i = block.start(); i < block.end(); i++) {
                int k = Coefficient.index(coefficients[i]);
                lineOf[k][positionOf[k] + lane] = Coefficient.value(coefficients[i]) * steps[k];
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
                // All lanes move by one; what the last lane gets from the next run is not used.
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

    /** Interpolates between each line and the next. */
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
