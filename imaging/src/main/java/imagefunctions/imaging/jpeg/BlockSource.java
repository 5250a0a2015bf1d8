package imagefunctions.imaging.jpeg;

/** The blocks of one component, to be read in any order. */
interface BlockSource {
    /** Blocks across that carry picture. */
    int wide();

    /** Blocks down that carry picture. */
    int high();

    /** The quantisation steps in zig-zag order. */
    int[] steps();

    /**
     * Reads a block's quantised coefficients up to and including a zig-zag index.
     *
     * @param values gets the coefficients that are not zero, by rising index
     * @return a bit for the zig-zag index of each of them
     */
    long read(int x, int y, int limit, short[] values);

    /** The block's quantised DC coefficient. */
    int dc(int x, int y);
}
