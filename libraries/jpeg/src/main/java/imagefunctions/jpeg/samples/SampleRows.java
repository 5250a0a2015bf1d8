package imagefunctions.jpeg.samples;

import imagefunctions.jpeg.format.Bytes;

/** The blocks of a plane of samples, transformed and quantised row by row. */
public final class SampleRows implements BlockRows {
    /** What is exchanged in eight samples to subtract 128 from each. */
    private static final long SIGNS = 0x8080808080808080L;

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
        for (int r = 0; r < 8; r++) {
            spread(r, Math.min(y * 8 + r, plane.height() - 1) * plane.stride());
        }
        BatchDct.lines(across, true);
        columns.transpose(across, down);
        BatchDct.lines(down, true);
        quantiser.quantise(down, widthInBlocks, into, 0);
    }

    /** Spreads a row of samples over the lines for the columns of blocks; the last sample is repeated. */
    private void spread(int r, int from) {
        byte[] samples = plane.samples();
        int at = r * widthInBlocks;
        int whole = plane.width() / 8;
        spreadWhole(samples, from, across, at, whole);
        for (int x = whole * 8; x < widthInBlocks * 8; x++) {
            int sample = samples[from + Math.min(x, plane.width() - 1)] & 0xFF;
            across[x & 7][at + whole] = sample - 128;
        }
    }

    private static void spreadWhole(byte[] samples, int from, float[][] across, int at, int blocks) {
        float[] a = across[0];
        float[] b = across[1];
        float[] c = across[2];
        float[] d = across[3];
        float[] e = across[4];
        float[] f = across[5];
        float[] g = across[6];
        float[] h = across[7];
        for (int lane = 0; lane < blocks; lane++) {
            long eight = Bytes.getLong(samples, from + lane * 8) ^ SIGNS;
            a[at + lane] = (int) (eight >> 56);
            b[at + lane] = (byte) (eight >> 48);
            c[at + lane] = (byte) (eight >> 40);
            d[at + lane] = (byte) (eight >> 32);
            e[at + lane] = (byte) (eight >> 24);
            f[at + lane] = (byte) (eight >> 16);
            g[at + lane] = (byte) (eight >> 8);
            h[at + lane] = (byte) eight;
        }
    }
}
