package imagefunctions.jpeg.reference;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.Frame;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.scan.Block;
import imagefunctions.jpeg.scan.BlockSource;
import imagefunctions.jpeg.scan.CoefficientReader;

/** Coefficients as the engine reads them, spread out for comparison. */
public final class Coefficients {
    private Coefficients() {}

    /** By component, block that carries picture in raster order, and zig-zag index. */
    public static int[][][] read(byte[] bytes) {
        return spread(new CoefficientReader().read(JpegFile.parse(bytes), false, false, Cores.ONE));
    }

    /** The same by the reader that decodes all blocks in one pass. */
    public static int[][][] decoded(byte[] bytes) {
        return spread(new CoefficientReader().decode(JpegFile.parse(bytes), false, false, Cores.ONE));
    }

    /** The same without AC values of up to a number of bits, which it may leave out. */
    public static int[][][] decoded(byte[] bytes, int discarded) {
        return without(
                discarded,
                spread(new CoefficientReader()
                        .decode(JpegFile.parse(bytes), false, true, (component, steps) -> discarded, Cores.ONE)));
    }

    /** Blocks whose AC values of up to a number of bits are made zero. */
    public static int[][][] without(int discarded, int[][][] planes) {
        for (int[][] blocks : planes) {
            for (int[] block : blocks) {
                for (int k = 1; k < block.length; k++) {
                    block[k] = Math.abs(block[k]) >>> discarded == 0 ? 0 : block[k];
                }
            }
        }
        return planes;
    }

    private static int[][][] spread(BlockSource[] sources) {
        int[][][] planes = new int[sources.length][][];
        for (int c = 0; c < sources.length; c++) {
            planes[c] = spread(sources[c]);
        }
        return planes;
    }

    private static int[][] spread(BlockSource source) {
        int[][] blocks = new int[source.widthInBlocks() * source.heightInBlocks()][64];
        Block block = new Block();
        for (int i = 0; i < blocks.length; i++) {
            source.read(i % source.widthInBlocks(), i / source.widthInBlocks(), 63, block);
            for (int n = block.start(); n < block.end(); n++) {
                int coefficient = block.coefficients()[n];
                blocks[i][Coefficient.index(coefficient)] = Coefficient.value(coefficient);
            }
        }
        return blocks;
    }

    /** The same by the slow decoder, without the blocks that only pad MCUs. */
    public static int[][][] slow(byte[] bytes) {
        int[][][] padded = SlowDecoder.decode(bytes);
        Frame frame = JpegFile.parse(bytes).frame();
        int[][][] planes = new int[padded.length][][];
        for (int c = 0; c < planes.length; c++) {
            Component plane = frame.components().get(c);
            planes[c] = new int[plane.widthInBlocks() * plane.heightInBlocks()][];
            for (int i = 0; i < planes[c].length; i++) {
                int y = i / plane.widthInBlocks();
                planes[c][i] = padded[c][y * plane.paddedWidthInBlocks() + i % plane.widthInBlocks()];
            }
        }
        return planes;
    }
}
