package imagefunctions.imaging.jpeg;

import java.util.Arrays;

/**
 * A component's blocks cut anew, for a picture that begins within a block: mirrored pictures whose size is no multiple of
 * the block's leave what filled their last blocks at their new beginning.
 *
 * <p>Only the direction that is not aligned is transformed to samples and back. Where chroma samples cover two pixels, and
 * the picture an odd number, mirroring moves them by half a sample, which is interpolated.
 */
final class ShiftedRows implements BlockRows {
    private final TurnedRows grid;
    private final Shift across;
    private final Shift down;
    private final int[] steps;
    private final int[] gridSteps;
    private final int lanes;
    private final LaneQuantiser quantiser;
    private final BlockRow row;
    private float[][] current;
    private float[][] next;
    private final float[][] lines;
    private final float[][] shifted;
    private final float[] neighbour;

    /**
     * By how much the picture begins behind the grid.
     *
     * @param whole samples, 0 to 7
     * @param part of a sample, 0 to less than 1
     */
    record Shift(int whole, float part) {
        static final Shift NONE = new Shift(0, 0);

        /** For a direction that is mirrored, of so many pixels, of which a sample covers `ratio`. */
        static Shift mirrored(int pixels, int samples, float ratio) {
            float part = samples - pixels / ratio;
            return new Shift(-samples & 7, part);
        }

        boolean none() {
            return whole == 0 && part == 0;
        }
    }

    /** Quantises with the given steps, which need not be the grid's. */
    ShiftedRows(TurnedRows grid, Shift across, Shift down, int[] steps) {
        this.grid = grid;
        this.across = across;
        this.down = down;
        this.steps = steps;
        this.gridSteps = grid.steps();
        this.lanes = grid.wide();
        float gain = (across.none() ? 1 : BatchDct.GAIN) * (down.none() ? 1 : BatchDct.GAIN);
        this.quantiser = new LaneQuantiser(steps, gain, lanes);
        this.row = new BlockRow(1);
        this.current = new float[64][lanes];
        this.next = new float[64][lanes];
        this.lines = new float[64][lanes];
        this.shifted = new float[64][lanes];
        this.neighbour = new float[lanes];
    }

    @Override
    public int wide() {
        return grid.wide();
    }

    @Override
    public int high() {
        return grid.high();
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public void read(int y, BlockRow into) {
        if (y == 0 || down.none()) {
            load(y, current);
        }
        if (!down.none()) {
            boolean last = y + 1 == high();
            if (!last) {
                load(y + 1, next);
            }
            moveDown(last);
            float[][] past = current;
            current = next;
            next = past;
        } else {
            for (int i = 0; i < 64; i++) {
                System.arraycopy(current[i], 0, lines[i], 0, lanes);
            }
        }
        if (!across.none()) {
            moveAcross();
            BatchDct.rows(shifted, lanes, true);
            if (!down.none()) {
                BatchDct.columns(shifted, lanes, true);
            }
            quantiser.quantise(shifted, into);
        } else {
            BatchDct.columns(lines, lanes, true);
            quantiser.quantise(lines, into);
        }
    }

    /** Fills in the coefficients of a row of blocks, and makes them samples in the directions that move. */
    private void load(int y, float[][] into) {
        for (float[] line : into) {
            Arrays.fill(line, 0);
        }
        short[] values = row.values(0);
        for (int lane = 0; lane < lanes; lane++) {
            long mask = grid.read(lane, y, values);
            int n = 0;
            for (long left = mask; left != 0; left &= left - 1) {
                int k = Long.numberOfTrailingZeros(left);
                into[Zigzag.NATURAL[k]][lane] = values[n++] * gridSteps[k];
            }
        }
        if (!down.none()) {
            BatchDct.columns(into, lanes, false);
        }
        if (!across.none()) {
            BatchDct.rows(into, lanes, false);
        }
    }

    private void moveDown(boolean last) {
        for (int r = 0; r < 8; r++) {
            for (int c = 0; c < 8; c++) {
                float[] to = lines[r * 8 + c];
                System.arraycopy(below(r + down.whole(), c, last), 0, to, 0, lanes);
                if (down.part() != 0) {
                    blend(to, below(r + down.whole() + 1, c, last), down.part(), lanes);
                }
            }
        }
    }

    /** A line of the current or the next row of blocks; below the picture's end its last one. */
    private float[] below(int r, int c, boolean last) {
        return r < 8 ? current[r * 8 + c] : last ? current[56 + c] : next[(r - 8) * 8 + c];
    }

    private void moveAcross() {
        for (int r = 0; r < 8; r++) {
            for (int c = 0; c < 8; c++) {
                float[] to = shifted[r * 8 + c];
                right(r, c + across.whole(), to);
                if (across.part() != 0) {
                    right(r, c + across.whole() + 1, neighbour);
                    blend(to, neighbour, across.part(), lanes);
                }
            }
        }
    }

    /** Copies a column of each block, or of its right neighbour; beyond the picture's end its last one. */
    private void right(int r, int c, float[] to) {
        if (c < 8) {
            System.arraycopy(lines[r * 8 + c], 0, to, 0, lanes);
        } else {
            System.arraycopy(lines[r * 8 + c - 8], 1, to, 0, lanes - 1);
            to[lanes - 1] = lines[r * 8 + 7][lanes - 1];
        }
    }

    private static void blend(float[] a, float[] b, float part, int n) {
        for (int i = 0; i < n; i++) {
            a[i] += (b[i] - a[i]) * part;
        }
    }
}
