package imagefunctions.imaging.jpeg;

/** A plane of samples, transformed and quantised row of blocks by row of blocks. */
final class SampleRows implements BlockRows {
    private final Plane plane;
    private final int[] steps;
    private final int wide;
    private final float[][] lines;
    private final LaneQuantiser quantiser;

    SampleRows(Plane plane, int[] steps) {
        this.plane = plane;
        this.steps = steps;
        this.wide = Frame.ceilDiv(plane.width(), 8);
        this.lines = new float[64][wide];
        this.quantiser = new LaneQuantiser(steps, BatchDct.GAIN, wide);
    }

    @Override
    public int wide() {
        return wide;
    }

    @Override
    public int high() {
        return Frame.ceilDiv(plane.height(), 8);
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public void read(int y, BlockRow into) {
        byte[] samples = plane.samples();
        for (int r = 0; r < 8; r++) {
            int row = Math.min(y * 8 + r, plane.height() - 1) * plane.stride();
            for (int c = 0; c < 8; c++) {
                float[] line = lines[r * 8 + c];
                for (int lane = 0; lane < wide; lane++) {
                    int x = Math.min(lane * 8 + c, plane.width() - 1);
                    line[lane] = (samples[row + x] & 0xFF) - 128;
                }
            }
        }
        BatchDct.rows(lines, wide, true);
        BatchDct.columns(lines, wide, true);
        quantiser.quantise(lines, into);
    }
}
