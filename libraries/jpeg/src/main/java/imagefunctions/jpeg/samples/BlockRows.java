package imagefunctions.jpeg.samples;

/** A component's quantised blocks for the encoder, row by row. */
public interface BlockRows {
    int widthInBlocks();

    int heightInBlocks();

    /** The quantisation steps in zig-zag order. */
    int[] steps();

    /** A new row for {@link #read} to fill. */
    BlockRow row();

    /** Fills in the blocks of a row; rows are read from the top down, from any one on. */
    void read(int y, BlockRow into);
}
