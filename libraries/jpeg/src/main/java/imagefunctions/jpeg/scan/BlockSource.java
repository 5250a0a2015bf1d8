package imagefunctions.jpeg.scan;

/** The blocks of one component, to be read in any order. */
public interface BlockSource {
    /** Blocks across that carry picture. */
    int widthInBlocks();

    /** Blocks down that carry picture. */
    int heightInBlocks();

    /** The quantisation steps in zig-zag order. */
    int[] steps();

    /** Reads a block's quantised coefficients up to and including a zig-zag index. */
    void read(int x, int y, int limit, Block into);

    /** The block's quantised DC coefficient. */
    int dc(int x, int y);
}
