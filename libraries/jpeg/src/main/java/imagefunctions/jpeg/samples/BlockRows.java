package imagefunctions.jpeg.samples;

/** A component's blocks for the encoder, row after row from the top. */
public interface BlockRows {
    int widthInBlocks();

    int heightInBlocks();

    /** The quantisation steps, in zig-zag order, that the blocks are to be multiplied by. */
    int[] steps();

    /** Makes a row that {@link #read} can fill. */
    BlockRow row();

    /** Fills in the blocks of a row; rows are asked for from the top down, the first one may be asked for again. */
    void read(int y, BlockRow into);
}
