package imagefunctions.jpeg.write;

import imagefunctions.jpeg.entropy.BitWriter;
import imagefunctions.jpeg.format.HuffmanTable;

/** Codes the blocks of one component into a sequential scan, in any order within the rows made ready. */
public interface BlockCoder {
    int widthInBlocks();

    int heightInBlocks();

    /** The quantisation steps, in zig-zag order. */
    int[] steps();

    HuffmanTable dcTable();

    HuffmanTable acTable();

    /** Makes so many rows of blocks ready, those that there are. */
    void prepare(int y, int rows);

    /** The block's quantised DC coefficient. */
    int dc(int x, int y);

    /** Codes the block, of which the DC coefficient has been coded already, into the `bits` topmost bits of `dc`. */
    void code(int x, int y, long dc, int bits, BitWriter sink);
}
