package imagefunctions.jpeg.write;

import imagefunctions.jpeg.entropy.BitWriter;
import imagefunctions.jpeg.format.HuffmanTable;

/** Codes the blocks of a component into a sequential scan, in any order within the rows prepared. */
public interface BlockCoder {
    int widthInBlocks();

    int heightInBlocks();

    /** The quantisation steps, in zig-zag order. */
    int[] steps();

    HuffmanTable dcTable();

    HuffmanTable acTable();

    /** Prepares a number of block rows, as far as they exist. */
    void prepare(int y, int rows);

    /** Goes to a block; its quantised DC coefficient. */
    int dc(int x, int y);

    /** Codes the block gone to after its DC coefficient, whose code is the top `bits` bits of `dc`. */
    void code(long dc, int bits, BitWriter writer);
}
