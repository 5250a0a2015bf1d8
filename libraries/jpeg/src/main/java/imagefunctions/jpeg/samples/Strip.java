package imagefunctions.jpeg.samples;

/**
 * The rows of a plane that are resampled together, which one plane after the other reuses.
 *
 * <p>They are resampled down, a few at a time, and then turned: across, each column is a line of its own.
 */
public final class Strip {
    /** Rows that become columns together: a cache line of each column. */
    static final int TURNED = 16;

    /** Rows, at most: enough for long loops. */
    private static final int MOST_ROWS = 128;

    /** Values that the second-level cache has room for. */
    private static final int MOST_VALUES = 1 << 18;

    private float[][] rows = new float[TURNED][0];
    private float[][] columns = new float[0][0];

    /** Makes room for rows of a width, and for as many as fit into the cache if there are as many. */
    void ensure(int width, int height) {
        if (columns.length < width || columns[0].length < height(columns.length, height)) {
            rows = new float[TURNED][width];
            columns = new float[width][height(width, height)];
        }
    }

    private static int height(int width, int height) {
        int fitting = Math.max(MOST_VALUES / width / TURNED * TURNED, TURNED);
        return Math.min(Math.ceilDiv(height, TURNED) * TURNED, Math.min(fitting, MOST_ROWS));
    }

    /** Rows that are to be turned; they may be wider. */
    float[][] rows() {
        return rows;
    }

    /** The columns, which may be more; their length is the strip's height. */
    float[][] columns() {
        return columns;
    }

    /** Frees what only an unusually wide picture needs. */
    public void release() {
        if (columns.length > MOST_VALUES / TURNED) {
            rows = new float[TURNED][0];
            columns = new float[0][0];
        }
    }
}
