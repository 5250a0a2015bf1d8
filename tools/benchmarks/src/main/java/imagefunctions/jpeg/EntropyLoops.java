package imagefunctions.jpeg;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Finding and decoding what a scan holds. */
@State(Scope.Benchmark)
public class EntropyLoops {
    private final JpegFile file = Sample.file();
    private final EntropyData data = new EntropyData();
    private final McuPlan plan = McuPlan.of(file.frame(), file.firstScan());
    private final PlainBlocks plain = new PlainBlocks(file.header(), file.firstScan(), file.components());
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
        return BlockFinder.find(data, plan, plain, 0, 0);
    }

    @Benchmark
    public BlockIndex findBlocksAndFlipBits() {
        return BlockFinder.find(data, plan, plain, 0, Turn.ROTATE_180.negated());
    }

    @Benchmark
    public SequentialDecoder decodeAll() {
        boolean[] wanted = {true, true, true};
        SequentialDecoder decoder = new SequentialDecoder(buffers, data, plan, plain, wanted, 0, false);
        decoder.decodeTo(0);
        return decoder;
    }

    @Benchmark
    public BlockRow decodeLuma() {
        TurnedRows rows = new TurnedRows(luma, Turn.NONE);
        BlockRow row = rows.row();
        for (int y = 0; y < rows.high(); y++) {
            rows.read(y, row);
        }
        return row;
    }
}
