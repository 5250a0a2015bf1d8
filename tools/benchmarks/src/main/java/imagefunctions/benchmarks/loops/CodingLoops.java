package imagefunctions.benchmarks.loops;

import imagefunctions.jpeg.blocks.TransformedRows;
import imagefunctions.jpeg.format.StandardTables;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.samples.BlockRow;
import imagefunctions.jpeg.samples.BlockRows;
import imagefunctions.jpeg.scan.BlockSource;
import imagefunctions.jpeg.scan.SequentialBlocks;
import imagefunctions.jpeg.write.BitCopier;
import imagefunctions.jpeg.write.BlockCoder;
import imagefunctions.jpeg.write.HuffmanCoder;
import imagefunctions.jpeg.write.JpegWriter;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writing luma's blocks: copied bit by bit, and coded from coefficients. */
@State(Scope.Benchmark)
public class CodingLoops {
    private final SequentialBlocks luma = Sample.luma();
    private final JpegWriter writer = new JpegWriter();
    private final StoredRows stored = new StoredRows(luma);

    /** Decoded rows, so that decoding them is not measured. */
    private static final class StoredRows implements BlockRows {
        private final BlockSource source;
        private final BlockRow[] rows;

        StoredRows(BlockSource source) {
            TransformedRows whole = new TransformedRows(source, Transform.NONE);
            this.source = source;
            this.rows = new BlockRow[source.heightInBlocks()];
            for (int y = 0; y < rows.length; y++) {
                rows[y] = whole.row();
                whole.read(y, rows[y]);
            }
        }

        @Override
        public int widthInBlocks() {
            return source.widthInBlocks();
        }

        @Override
        public int heightInBlocks() {
            return source.heightInBlocks();
        }

        @Override
        public int[] steps() {
            return source.steps();
        }

        @Override
        public BlockRow row() {
            return BlockRow.ofBlocks(widthInBlocks());
        }

        @Override
        public void read(int y, BlockRow into) {
            System.arraycopy(rows[y].values(), 0, into.values(), 0, into.values().length);
            for (int x = 0; x < widthInBlocks(); x++) {
                into.mask(x, rows[y].mask(x));
            }
        }
    }

    @Benchmark
    public byte[] copyBits() {
        return written(new BitCopier(luma, Transform.NONE, StandardTables.LUMA_DC));
    }

    @Benchmark
    public byte[] codeCoefficients() {
        return written(new HuffmanCoder(stored, 1, StandardTables.LUMA_DC, luma.acTable()));
    }

    private byte[] written(BlockCoder coder) {
        return writer.write(Sample.WIDTH, Sample.HEIGHT, List.of(new JpegWriter.Part(1, 1, coder)));
    }
}
