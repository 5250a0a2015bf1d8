package imagefunctions.jpeg.format;

/** The order in which a block's coefficients are coded (ITU-T T.81, figure A.6). */
public final class Zigzag {
    private static final int[] NATURAL = new int[64];

    /** The inverse: the coded index of the coefficient at row times eight plus column. */
    private static final int[] CODED = new int[64];

    static {
        int row = 0;
        int column = 0;
        for (int k = 0; k < 64; k++) {
            NATURAL[k] = row * 8 + column;
            CODED[row * 8 + column] = k;
            boolean up = (row + column) % 2 == 0;
            if (up && column == 7) {
                row++;
            } else if (up && row == 0) {
                column++;
            } else if (!up && row == 7) {
                column++;
            } else if (!up && column == 0) {
                row++;
            } else {
                row += up ? -1 : 1;
                column += up ? 1 : -1;
            }
        }
    }

    private Zigzag() {}

    /** Row times eight plus column of the k-th coded coefficient. */
    public static int natural(int k) {
        return NATURAL[k];
    }

    /** Where a coefficient goes when rows become columns. */
    public static int transposed(int k) {
        return CODED[(NATURAL[k] & 7) << 3 | NATURAL[k] >> 3];
    }
}
