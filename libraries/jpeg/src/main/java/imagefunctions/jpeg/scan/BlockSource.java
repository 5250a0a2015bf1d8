package imagefunctions.jpeg.scan;

/** The blocks of a component, readable in any order. */
public interface BlockSource {
    /** Without blocks that only pad the last MCU. */
    int widthInBlocks();

    /** Without blocks that only pad the last MCU. */
    int heightInBlocks();

    /** Whether this many adjacent block rows, and after them the next ones, can be read block by block in any order. */
    default boolean holds(int rows) {
        return true;
    }

    /** Whether several threads may read blocks at the same time. */
    boolean shared();

    /** The quantisation steps in zig-zag order. */
    int[] steps();

    /** Reads a block's quantised coefficients up to and including a zig-zag index. */
    void read(int x, int y, int limit, Block into);

    /** Reads the lowest coefficients of a row of blocks. */
    default void read(int y, LowestCoefficients into) {
        Block block = new Block();
        into.clear();
        for (int x = 0; x < widthInBlocks(); x++) {
            read(x, y, into.limit(), block);
            for (int i = block.start(); i < block.end(); i++) {
                into.set(x, block.coefficients()[i]);
            }
        }
    }

    /** The block's quantised DC coefficient. */
    int dc(int x, int y);
}
