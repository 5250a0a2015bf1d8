package imagefunctions.benchmarks.loops;

import imagefunctions.jpeg.blocks.TransformedRows;
import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.samples.BlockRow;
import imagefunctions.jpeg.scan.BlockIndex;
import imagefunctions.jpeg.scan.BlockScanner;
import imagefunctions.jpeg.scan.McuLayout;
import imagefunctions.jpeg.scan.ScanTables;
import imagefunctions.jpeg.scan.SequentialBlocks;
import imagefunctions.jpeg.scan.SequentialDecoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Finding and decoding what a scan holds. */
@State(Scope.Benchmark)
public class EntropyLoops {
    private final JpegFile file = Sample.file();
    private final EntropyData data = new EntropyData();
    private final McuLayout layout = McuLayout.of(file.frame(), file.firstScan());
    private final ScanTables huffman = new ScanTables(file.scans(), file.firstScan(), file.components());
    private final SequentialDecoder.Buffers buffers = new SequentialDecoder.Buffers();
    private final SequentialBlocks luma = Sample.luma();

    public EntropyLoops() {
        data.read(file.bytes(), file.firstScan().dataOffset());
    }

    @Benchmark
    public int takeOutStuffing() {
        return data.read(file.bytes(), file.firstScan().dataOffset());
    }

    @Benchmark
    public BlockIndex findBlocks() {
        return BlockScanner.find(data, layout, huffman, 0, 0, Cores.ONE);
    }

    @Benchmark
    public BlockIndex findBlocksAndFlipBits() {
        return BlockScanner.find(data, layout, huffman, 0, Transform.ROTATE_180.negated(), Cores.ONE);
    }

    @Benchmark
    public SequentialDecoder decodeAll() {
        boolean[] wanted = {true, true, true};
        SequentialDecoder decoder = new SequentialDecoder(buffers, data, layout, huffman, wanted, new int[3], 0, false);
        decoder.decodeTo(0);
        return decoder;
    }

    @Benchmark
    public BlockRow decodeLuma() {
        TransformedRows rows = new TransformedRows(luma, Transform.NONE);
        BlockRow row = rows.row();
        for (int y = 0; y < rows.heightInBlocks(); y++) {
            rows.read(y, row);
        }
        return row;
    }
}
