package imagefunctions.jpeg.scan;

/** The blocks of a component, readable in any order. */
public interface BlockSource {
    /** Without blocks that only pad the last MCU. */
    int widthInBlocks();

    /** Without blocks that only pad the last MCU. */
    int heightInBlocks();

    /** The quantisation steps in zig-zag order. */
    int[] steps();

    /** Reads a block's quantised coefficients up to and including a zig-zag index. */
    void read(int x, int y, int limit, Block into);

    /** The block's quantised DC coefficient. */
    int dc(int x, int y);
}
