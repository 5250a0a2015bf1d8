package imagefunctions.imaging.jpeg;

/** The whole blocks of a component, laid another way without loss: reordered, transposed, signs changed. */
final class TurnedRows implements BlockRows {
    private final BlockSource source;
    private final Turn turn;
    private final long negated;
    private final short[] scratch = new short[64];

    TurnedRows(BlockSource source, Turn turn) {
        this.source = source;
        this.turn = turn;
        this.negated = turn.negated();
    }

    @Override
    public int wide() {
        return turn.transposes() ? source.high() : source.wide();
    }

    @Override
    public int high() {
        return turn.transposes() ? source.wide() : source.high();
    }

    @Override
    public int[] steps() {
        return turn.transposes() ? transposed(source.steps()) : source.steps();
    }

    static int[] transposed(int[] steps) {
        int[] transposed = new int[64];
        for (int k = 0; k < 64; k++) {
            transposed[Zigzag.transposed(k)] = steps[k];
        }
        return transposed;
    }

    private static final int[] TRANSPOSED = new int[64];

    static {
        for (int k = 0; k < 64; k++) {
            TRANSPOSED[k] = Zigzag.transposed(k);
        }
    }

    @Override
    public void read(int y, BlockRow into) {
        for (int x = 0; x < into.length(); x++) {
            into.mask(x, read(x, y, into.values(x)));
        }
    }

    /** Reads the block at a place of the turned picture. */
    long read(int x, int y, short[] values) {
        int alongX = turn.mirrorsX() ? wide() - 1 - x : x;
        int alongY = turn.mirrorsY() ? high() - 1 - y : y;
        if (turn.transposes()) {
            return change(transpose(source.read(alongY, alongX, 63, values), values), values);
        }
        return change(source.read(alongX, alongY, 63, values), values);
    }

    private long change(long mask, short[] values) {
        if (negated != 0) {
            int n = 0;
            for (long left = mask; left != 0; left &= left - 1) {
                int sign = -(int) (negated >>> Long.numberOfTrailingZeros(left) & 1);
                values[n] = (short) ((values[n] ^ sign) - sign);
                n++;
            }
        }
        return mask;
    }

    private long transpose(long mask, short[] values) {
        long turned = 0;
        int n = 0;
        for (long left = mask; left != 0; left &= left - 1) {
            int k = TRANSPOSED[Long.numberOfTrailingZeros(left)];
            scratch[k] = values[n++];
            turned |= 1L << k;
        }
        n = 0;
        for (long left = turned; left != 0; left &= left - 1) {
            values[n++] = scratch[Long.numberOfTrailingZeros(left)];
        }
        return turned;
    }
}
