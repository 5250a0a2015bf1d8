package imagefunctions.imaging.jpeg;

/** Blocks with other quantisation steps: only the coefficients that are not zero are touched. */
final class RequantisedRows implements BlockRows {
    private static final int SHIFT = 16;

    private final BlockRows rows;
    private final int[] steps;
    private final long[] ratios = new long[64];

    RequantisedRows(BlockRows rows, int[] steps) {
        this.rows = rows;
        this.steps = steps;
        int[] from = rows.steps();
        for (int k = 0; k < 64; k++) {
            ratios[k] = (((long) from[k] << SHIFT) + steps[k] / 2) / steps[k];
        }
    }

    @Override
    public int wide() {
        return rows.wide();
    }

    @Override
    public int high() {
        return rows.high();
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public void read(int y, BlockRow into) {
        rows.read(y, into);
        for (int x = 0; x < into.length(); x++) {
            into.mask(x, requantise(into.mask(x), into.values(x)));
        }
    }

    private long requantise(long mask, short[] values) {
        long kept = 0;
        int in = 0;
        int out = 0;
        for (long left = mask; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            int value = values[in++];
            int sign = value >> 31;
            int magnitude = (int) Math.min(
                    (((value ^ sign) - sign) * ratios[k] + (1 << (SHIFT - 1))) >> SHIFT, CoefficientRange.MAX_AC + 1);
            int some = -magnitude >>> 31;
            values[out] = (short) ((magnitude ^ sign) - sign);
            out += some;
            kept |= (long) some << k;
        }
        return kept;
    }
}
