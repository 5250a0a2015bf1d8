package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.Coefficient;

/** The coefficients of one block that a {@link BlockSource} has read, wherever it has them. */
public final class Block {
    private final int[] own = new int[64];
    private int[] coefficients = own;
    private int start;
    private int end;

    /** Room for the coefficients of a source that does not have them yet; see {@link #filled}. */
    int[] own() {
        return own;
    }

    /** So many are in {@link #own}. */
    void filled(int count) {
        set(own, 0, count);
    }

    /** They are where the source has them. */
    void set(int[] array, int from, int to) {
        coefficients = array;
        start = from;
        end = to;
    }

    /** Each {@link Coefficient} that is not zero, by rising index, and DC in any case: those from start to end. */
    public int[] coefficients() {
        return coefficients;
    }

    public int start() {
        return start;
    }

    public int end() {
        return end;
    }
}
