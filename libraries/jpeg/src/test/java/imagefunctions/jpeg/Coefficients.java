package imagefunctions.jpeg;

/** Coefficients as the engine reads them, spread out for comparison. */
final class Coefficients {
    private Coefficients() {}

    /** By component, block that carries picture in raster order, and zig-zag index. */
    static int[][][] read(byte[] bytes) {
        return spread(new CoefficientReader().read(JpegFile.parse(bytes), false, false));
    }

    /** The same by the reader that decodes all blocks at once. */
    static int[][][] decoded(byte[] bytes) {
        return spread(new CoefficientReader().decode(JpegFile.parse(bytes), false, false));
    }

    private static int[][][] spread(BlockSource[] sources) {
        int[][][] planes = new int[sources.length][][];
        for (int c = 0; c < sources.length; c++) {
            planes[c] = spread(sources[c]);
        }
        return planes;
    }

    private static int[][] spread(BlockSource source) {
        int[][] blocks = new int[source.wide() * source.high()][64];
        Block block = new Block();
        for (int i = 0; i < blocks.length; i++) {
            source.read(i % source.wide(), i / source.wide(), 63, block);
            for (int n = block.start(); n < block.end(); n++) {
                int coefficient = block.coefficients()[n];
                blocks[i][Coefficient.index(coefficient)] = Coefficient.value(coefficient);
            }
        }
        return blocks;
    }

    /** The plain twin's, without the blocks that only fill MCUs. */
    static int[][][] plain(byte[] bytes) {
        int[][][] padded = PlainDecoder.decode(bytes);
        Frame frame = JpegFile.parse(bytes).frame();
        int[][][] planes = new int[padded.length][][];
        for (int c = 0; c < planes.length; c++) {
            Component plane = frame.components().get(c);
            planes[c] = new int[plane.blocksWide() * plane.blocksHigh()][];
            for (int i = 0; i < planes[c].length; i++) {
                int y = i / plane.blocksWide();
                planes[c][i] = padded[c][y * plane.paddedWide() + i % plane.blocksWide()];
            }
        }
        return planes;
    }
}
