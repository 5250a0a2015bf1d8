package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.Coefficient;

/** The coefficients of one block read from a {@link BlockSource}: a view of its array, or a copy. */
public final class Block {
    private final int[] own = new int[64];
    private int[] coefficients = own;
    private int start;
    private int end;

    /** An array for a copy of the coefficients; see {@link #filled}. */
    int[] own() {
        return own;
    }

    /** Points to the first elements of {@link #own}. */
    void filled(int count) {
        set(own, 0, count);
    }

    /** Points to a range of the source's array. */
    void set(int[] array, int from, int to) {
        coefficients = array;
        start = from;
        end = to;
    }

    /**
     * The array; each nonzero {@link Coefficient} by rising index, and DC in any case, is between {@link #start} and
     * {@link #end}.
     */
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
