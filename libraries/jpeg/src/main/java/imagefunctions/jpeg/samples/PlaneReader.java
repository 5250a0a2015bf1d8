package imagefunctions.jpeg.samples;

import imagefunctions.jpeg.entropy.Coefficient;
import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.Frame;
import imagefunctions.jpeg.format.Interruption;
import imagefunctions.jpeg.format.Zigzag;
import imagefunctions.jpeg.scan.Block;
import imagefunctions.jpeg.scan.BlockSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decodes a component's blocks to samples at 1/8, 1/4, 1/2 or 1/1 of their size, to the bit as libjpeg does. */
public final class PlaneReader {
    /** Blocks whose transformation takes long beside starting a thread. */
    private static final int BLOCKS_OF_A_CORE = 20_000;

    private static final int[] NATURAL = new int[64];

    private final BlockSource source;
    private final Component component;
    private final int blockWidth;
    private final int blockHeight;
    private final int stride;
    private final int[] steps;
    private final byte[] samples;
    private final IntegerIdct idct;
    private final Block read = new Block();

    static {
        Arrays.setAll(NATURAL, Zigzag::natural);
    }

    private PlaneReader(BlockSource source, Component component, int blockWidth, int blockHeight) {
        this.source = source;
        this.component = component;
        this.blockWidth = blockWidth;
        this.blockHeight = blockHeight;
        this.stride = source.widthInBlocks() * blockWidth;
        this.steps = source.steps();
        this.idct = new IntegerIdct(blockWidth, blockHeight);
        this.samples = new byte[stride * source.heightInBlocks() * blockHeight];
    }

    /** A reader of other rows of the same plane. */
    private PlaneReader(PlaneReader other) {
        this.source = other.source;
        this.component = other.component;
        this.blockWidth = other.blockWidth;
        this.blockHeight = other.blockHeight;
        this.stride = other.stride;
        this.steps = other.steps;
        this.idct = new IntegerIdct(blockWidth, blockHeight);
        this.samples = other.samples;
    }

    /**
     * Decodes a component.
     *
     * @param size width and height of a block in samples: 1, 2, 4 or 8
     */
    public static Plane read(BlockSource source, Component component, int size, Cores cores) {
        return read(source, component, size, size, cores);
    }

    /** The same with a width and a height of 2, 4 or 8 each. */
    public static Plane read(BlockSource source, Component component, int blockWidth, int blockHeight, Cores cores) {
        PlaneReader reader = new PlaneReader(source, component, blockWidth, blockHeight);
        int rows = source.heightInBlocks();
        int parts = Math.min(rows, cores.parts(rows * source.widthInBlocks(), BLOCKS_OF_A_CORE));
        cores.bands(parts, rows, (band, from, end) -> {
            PlaneReader own = band == 0 ? reader : new PlaneReader(reader);
            for (int y = from; y < end; y++) {
                own.readRow(y);
            }
        });
        return reader.plane();
    }

    /** Decodes components in full, and their block rows in step, from the top down. */
    public static List<Plane> readInStep(BlockSource[] sources, Frame frame) {
        List<PlaneReader> readers = new ArrayList<>();
        for (int c = 0; c < sources.length; c++) {
            readers.add(new PlaneReader(sources[c], frame.components().get(c), 8, 8));
        }
        for (int row = 0; row < frame.heightInMcus(); row++) {
            for (PlaneReader reader : readers) {
                int first = row * reader.component.vertical();
                int end = Math.min(first + reader.component.vertical(), reader.source.heightInBlocks());
                for (int y = first; y < end; y++) {
                    reader.readRow(y);
                }
            }
        }
        return readers.stream().map(PlaneReader::plane).toList();
    }

    private Plane plane() {
        return new Plane(
                samples,
                Math.ceilDiv(component.width() * blockWidth, 8),
                Math.ceilDiv(component.height() * blockHeight, 8),
                stride,
                component.coveredWidth() * blockWidth / 8,
                component.coveredHeight() * blockHeight / 8);
    }

    private void readRow(int y) {
        Interruption.check();
        if (blockWidth == 1) {
            readDc(y);
            return;
        }
        int width = source.widthInBlocks();
        for (int x = 0; x < width; x += IntegerIdct.LANES) {
            int blocks = Math.min(IntegerIdct.LANES, width - x);
            idct.clear();
            long set = 0;
            for (int lane = 0; lane < blocks; lane++) {
                source.read(x + lane, y, 63, read);
                set |= fill(lane);
            }
            idct.transform(blocks, set, samples, y * blockHeight * stride + x * blockWidth, stride);
        }
    }

    /** Sets a block's coefficients; which these are, one bit each. */
    private long fill(int lane) {
        int[] coefficients = read.coefficients();
        int end = read.end();
        long set = 0;
        for (int i = read.start(); i < end; i++) {
            int k = Coefficient.index(coefficients[i]);
            int natural = NATURAL[k];
            idct.set(natural, lane, Coefficient.value(coefficients[i]) * steps[k]);
            set |= 1L << natural;
        }
        return set;
    }

    /** The mean of a block is an eighth of its DC coefficient. */
    private void readDc(int y) {
        for (int x = 0; x < source.widthInBlocks(); x++) {
            samples[y * stride + x] = sample(((source.dc(x, y) * steps[0] + 4) >> 3) + 128);
        }
    }

    private static byte sample(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}
