package imagefunctions.jpeg.samples;

/** A plane of samples, transformed and quantised row of blocks by row of blocks. */
public final class SampleRows implements BlockRows {
    private final Plane plane;
    private final int[] steps;
    private final int wide;
    private final PlanarLayout columns;
    private final PlanarLayout rows;
    private final float[][] across;
    private final float[][] down;
    private final PlanarQuantiser quantiser;

    public SampleRows(Plane plane, int[] steps) {
        this.plane = plane;
        this.steps = steps;
        this.wide = Math.ceilDiv(plane.width(), 8);
        this.columns = new PlanarLayout(wide, false);
        this.rows = new PlanarLayout(wide, true);
        this.across = columns.make();
        this.down = columns.make();
        this.quantiser = new PlanarQuantiser(rows, steps, BatchDct.GAIN);
    }

    @Override
    public int widthInBlocks() {
        return wide;
    }

    @Override
    public int heightInBlocks() {
        return Math.ceilDiv(plane.height(), 8);
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public BlockRow row() {
        return BlockRow.ofLines(rows, 0, wide);
    }

    @Override
    public void read(int y, BlockRow into) {
        byte[] samples = plane.samples();
        for (int r = 0; r < 8; r++) {
            int row = Math.min(y * 8 + r, plane.height() - 1) * plane.stride();
            for (int c = 0; c < 8; c++) {
                float[] line = across[c];
                for (int lane = 0; lane < wide; lane++) {
                    int x = Math.min(lane * 8 + c, plane.width() - 1);
                    line[r * wide + lane] = (samples[row + x] & 0xFF) - 128;
                }
            }
        }
        BatchDct.lines(across, true);
        columns.turnOver(across, down);
        BatchDct.lines(down, true);
        quantiser.quantise(down, wide, into, 0);
    }
}
