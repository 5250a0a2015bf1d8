package imagefunctions.jpeg.blocks;

import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.samples.BlockRow;
import imagefunctions.jpeg.samples.BlockRows;
import imagefunctions.jpeg.scan.BlockSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A component's blocks realigned to the block grid. A mirrored picture whose size is not a multiple of the block size
 * begins with the padding of its former last blocks; here it begins with a block.
 *
 * <p>Only misaligned directions are transformed to samples and back. If chroma is subsampled by two and the size is
 * odd, mirroring moves chroma by half a sample, which is interpolated.
 */
public final class RealignedRows implements BlockRows {
    /** Enough blocks for long loops, few enough that their samples fit into a first-level cache of 32 KB. */
    private static final int MOST_IN_STRIP = 96;

    private final Realignment realignment;
    private final int[] steps;
    private final int[] firsts;
    private final List<RealignedStrip> strips = new ArrayList<>();

    /**
     * The offset of the picture from the block grid.
     *
     * @param whole samples, 0 to 7
     * @param part fraction of a sample, 0 to less than 1
     */
    public record Offset(int whole, float part) {
        public static final Offset NONE = new Offset(0, 0);

        /** The offset of a mirrored direction, with a number of pixels per sample. */
        public static Offset mirrored(int pixels, int samples, float ratio) {
            float part = samples - pixels / ratio;
            return new Offset(-samples & 7, part);
        }

        public boolean none() {
            return whole == 0 && part == 0;
        }
    }

    /** Realigned blocks, requantised with the given steps. */
    public RealignedRows(BlockSource source, Transform transform, Offset across, Offset down, int[] steps) {
        this.steps = steps;
        int widthInBlocks = transform.transposes() ? source.heightInBlocks() : source.widthInBlocks();
        int count = Math.ceilDiv(widthInBlocks, MOST_IN_STRIP);
        this.realignment = new Realignment(source, transform, across, down, steps, Math.ceilDiv(widthInBlocks, count));
        this.firsts = new int[count + 1];
        for (int i = 0; i < count; i++) {
            firsts[i + 1] = widthInBlocks * (i + 1) / count;
            strips.add(new RealignedStrip(realignment, firsts[i], firsts[i + 1] - firsts[i]));
        }
    }

    @Override
    public BlockRow row() {
        return BlockRow.ofPlanar(realignment.layout(), firsts);
    }

    @Override
    public int widthInBlocks() {
        return realignment.widthInBlocks();
    }

    @Override
    public int heightInBlocks() {
        return realignment.heightInBlocks();
    }

    @Override
    public int[] steps() {
        return steps;
    }

    @Override
    public void read(int y, BlockRow into) {
        for (RealignedStrip strip : strips) {
            strip.read(y, into);
        }
    }
}
