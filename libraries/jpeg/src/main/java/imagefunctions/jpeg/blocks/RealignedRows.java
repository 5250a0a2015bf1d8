package imagefunctions.jpeg.blocks;

import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.samples.BlockRow;
import imagefunctions.jpeg.samples.BlockRows;
import imagefunctions.jpeg.samples.PlanarLayout;
import imagefunctions.jpeg.scan.BlockSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A component's blocks cut anew, for a picture that begins within a block: mirrored pictures whose size is no multiple of
 * the block's leave what filled their last blocks at their new beginning.
 *
 * <p>Only the direction that is not aligned is transformed to samples and back. Where chroma samples cover two pixels, and
 * the picture an odd number, mirroring moves them by half a sample, which is interpolated.
 */
public final class RealignedRows implements BlockRows {
    /** Blocks side by side: enough for long loops, and their samples fit into a first cache of 32 KB. */
    private static final int MOST_IN_STRIP = 96;

    private final int wide;
    private final int high;
    private final int[] steps;
    private final PlanarLayout layout;
    private final int[] firsts;
    private final List<RealignedStrip> strips = new ArrayList<>();

    /**
     * By how much the picture begins behind the grid.
     *
     * @param whole samples, 0 to 7
     * @param part of a sample, 0 to less than 1
     */
    public record Shift(int whole, float part) {
        public static final Shift NONE = new Shift(0, 0);

        /** For a direction that is mirrored, of so many pixels, of which a sample covers `ratio`. */
        public static Shift mirrored(int pixels, int samples, float ratio) {
            float part = samples - pixels / ratio;
            return new Shift(-samples & 7, part);
        }

        public boolean none() {
            return whole == 0 && part == 0;
        }
    }

    /** Quantises with the given steps, which need not be the source's. */
    public RealignedRows(BlockSource source, Transform transform, Shift across, Shift down, int[] steps) {
        this.wide = transform.transposes() ? source.heightInBlocks() : source.widthInBlocks();
        this.high = transform.transposes() ? source.widthInBlocks() : source.heightInBlocks();
        this.steps = steps;
        int count = Math.ceilDiv(wide, MOST_IN_STRIP);
        int lanes = RealignedStrip.lanes(Math.ceilDiv(wide, count), across);
        this.layout = RealignedStrip.layout(lanes, down);
        this.firsts = new int[count + 1];
        for (int i = 0; i < count; i++) {
            firsts[i + 1] = wide * (i + 1) / count;
            int blocks = firsts[i + 1] - firsts[i];
            strips.add(new RealignedStrip(source, transform, across, down, steps, firsts[i], blocks, lanes));
        }
    }

    @Override
    public BlockRow row() {
        return BlockRow.ofLines(layout, firsts);
    }

    @Override
    public int widthInBlocks() {
        return wide;
    }

    @Override
    public int heightInBlocks() {
        return high;
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
