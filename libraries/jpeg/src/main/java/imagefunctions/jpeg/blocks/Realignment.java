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

/** How the blocks of a component are realigned, and what its strips, which are read one after the other, share for it. */
final class Realignment {
    private final BlockSource source;
    private final Transform transform;
    private final int widthInBlocks;
    private final int heightInBlocks;
    private final RealignedRows.Offset across;
    private final RealignedRows.Offset down;

    /** The source's steps by zig-zag index, negative where the transform negates coefficients. */
    private final float[] steps = new float[64];

    /** The layout that the source's coefficients are put into: of transposed blocks, rows are columns. */
    private final PlanarLayout filled;

    private final PlanarLayout columns;
    private final PlanarLayout rows;

    /** The layout in which blocks are quantised. */
    private final PlanarLayout layout;

    private final PlanarQuantiser quantiser;
    private final Block block = new Block();

    /** Line, and position in it, of the source's zig-zag indices for the first lane. */
    private final float[][] lineOf = new float[64][];

    private final int[] positionOf = new int[64];
    private final float[][] untransposed;
    private final float[] neighbour;

    /** The realignment of a transformed source to strips of at most {@code mostBlocks}, requantised with the given steps. */
    Realignment(
            BlockSource source,
            Transform transform,
            RealignedRows.Offset across,
            RealignedRows.Offset down,
            int[] steps,
            int mostBlocks) {
        this.source = source;
        this.transform = transform;
        this.widthInBlocks = transform.transposes() ? source.heightInBlocks() : source.widthInBlocks();
        this.heightInBlocks = transform.transposes() ? source.widthInBlocks() : source.heightInBlocks();
        this.across = across;
        this.down = down;
        int[] sourceSteps = source.steps();
        for (int k = 0; k < 64; k++) {
            int index = transform.transposes() ? Zigzag.transposed(k) : k;
            this.steps[k] = (transform.negated() >>> index & 1) == 0 ? sourceSteps[k] : -sourceSteps[k];
        }
        // A block that moves horizontally needs its right neighbour.
        int lanes = across.none() ? mostBlocks : mostBlocks + 1;
        this.columns = new PlanarLayout(lanes, false);
        this.rows = new PlanarLayout(lanes, true);
        this.filled = across.none() == transform.transposes() ? columns : rows;
        this.layout = down.none() ? columns : rows;
        for (int k = 0; k < 64; k++) {
            positionOf[k] = filled.position(k);
        }
        float gain = (across.none() ? 1 : BatchDct.GAIN) * (down.none() ? 1 : BatchDct.GAIN);
        this.quantiser = new PlanarQuantiser(layout, steps, gain);
        this.untransposed = across.none() || down.none() ? new float[0][] : columns.make();
        this.neighbour = new float[across.none() ? 0 : columns.length()];
    }

    int widthInBlocks() {
        return widthInBlocks;
    }

    int heightInBlocks() {
        return heightInBlocks;
    }

    RealignedRows.Offset down() {
        return down;
    }

    /** The layout in which blocks are quantised. */
    PlanarLayout layout() {
        return layout;
    }

    /** Lines for the blocks of a strip. */
    float[][] lines() {
        return rows.make();
    }

    /** Quantises the blocks of a strip into a row, from one of its blocks on. */
    void quantise(float[][] lines, int blocks, BlockRow into, int first) {
        quantiser.quantise(lines, blocks, into, first);
    }

    /** Reads a block row of a strip, moves it horizontally, and transforms it to samples vertically, as far as needed. */
    void load(int y, int first, int blocks, float[][] into) {
        if (across.none()) {
            fill(y, first, blocks, into);
        } else if (down.none()) {
            fillMoved(y, first, blocks, into);
        } else {
            fillMoved(y, first, blocks, untransposed);
            columns.transpose(untransposed, into);
        }
        if (!down.none()) {
            BatchDct.lines(into, false);
        }
    }

    private void fillMoved(int y, int first, int blocks, float[][] into) {
        // The right neighbour of the last block may be past the edge.
        int there = Math.min(blocks + 1, widthInBlocks - first);
        fill(y, first, there, into);
        BatchDct.lines(into, false);
        if (there == blocks) {
            repeatLastColumn(blocks, into);
        }
        moveAcross(into);
        BatchDct.lines(into, true);
    }

    private void fill(int y, int first, int blocks, float[][] into) {
        PlanarLayout.clear(into);
        for (int k = 0; k < 64; k++) {
            lineOf[k] = into[filled.line(k)];
        }
        int alongY = transform.mirrorsY() ? heightInBlocks - 1 - y : y;
        for (int lane = 0; lane < blocks; lane++) {
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

    private void repeatLastColumn(int blocks, float[][] lines) {
        for (int at = blocks; at < columns.length(); at += columns.lanes()) {
            for (int c = 0; c <= across.whole(); c++) {
                lines[c][at] = lines[7][at - 1];
            }
        }
    }

    private void moveAcross(float[][] lines) {
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
    }

    /** Interpolates between each line and the next. */
    static void blend(float[][] lines, float[] behind, float part) {
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
