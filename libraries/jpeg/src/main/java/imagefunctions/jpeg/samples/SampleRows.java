package imagefunctions.jpeg.samples;

/** The blocks of a plane of samples, transformed and quantised row by row. */
public final class SampleRows implements BlockRows {
    private final Plane plane;
    private final int[] steps;
    private final int widthInBlocks;
    private final PlanarLayout columns;
    private final PlanarLayout rows;
    private final float[][] across;
    private final float[][] down;
    private final PlanarQuantiser quantiser;

    public SampleRows(Plane plane, int[] steps) {
        this.plane = plane;
        this.steps = steps;
        this.widthInBlocks = Math.ceilDiv(plane.width(), 8);
        this.columns = new PlanarLayout(widthInBlocks, false);
        this.rows = new PlanarLayout(widthInBlocks, true);
        this.across = columns.make();
        this.down = columns.make();
        this.quantiser = new PlanarQuantiser(rows, steps, BatchDct.GAIN);
    }

    @Override
    public int widthInBlocks() {
        return widthInBlocks;
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
        return BlockRow.ofPlanar(rows, 0, widthInBlocks);
    }

    @Override
    public void read(int y, BlockRow into) {
        byte[] samples = plane.samples();
        for (int r = 0; r < 8; r++) {
            int row = Math.min(y * 8 + r, plane.height() - 1) * plane.stride();
            for (int c = 0; c < 8; c++) {
                float[] line = across[c];
                for (int lane = 0; lane < widthInBlocks; lane++) {
                    int x = Math.min(lane * 8 + c, plane.width() - 1);
                    line[r * widthInBlocks + lane] = (samples[row + x] & 0xFF) - 128;
                }
            }
        }
        BatchDct.lines(across, true);
        columns.transpose(across, down);
        BatchDct.lines(down, true);
        quantiser.quantise(down, widthInBlocks, into, 0);
    }
}
