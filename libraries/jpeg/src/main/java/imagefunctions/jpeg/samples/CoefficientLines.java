package imagefunctions.jpeg.samples;

import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.scan.BlockSource;
import imagefunctions.jpeg.scan.LowestCoefficients;

/**
 * A component at 1/8 to 8/8 of its size, as the lowest coefficients of each block, for a filter to resize.
 *
 * <p>Its samples would be those of the inverse DCT of 1 to 8 points, neither rounded nor limited to 0 to 255. The filter's
 * weights add up to one, so that a mean stays what it was; if overshoot next to sharp edges were cut off before, text and
 * line art would come out darker.
 */
public final class CoefficientLines implements SampleLines {
    private final BlockSource source;
    private final Component component;
    private final int size;
    private final LowestCoefficients read;
    private int row = -1;

    /**
     * A reader of a component.
     *
     * @param size width and height of a block in samples: 1 to 8
     */
    public CoefficientLines(BlockSource source, Component component, int size) {
        this.source = source;
        this.component = component;
        this.size = size;
        this.read = new LowestCoefficients(source.widthInBlocks(), size, source.steps());
    }

    @Override
    public int width() {
        return Math.ceilDiv(component.width() * size, 8);
    }

    @Override
    public int height() {
        return Math.ceilDiv(component.height() * size, 8);
    }

    @Override
    public float coveredWidth() {
        return component.coveredWidth() * size / 8;
    }

    @Override
    public float coveredHeight() {
        return component.coveredHeight() * size / 8;
    }

    @Override
    public Weights weights(Weights ofSamples, int count) {
        return size == 1 ? ofSamples.ofMeans(count) : ofSamples.ofCoefficients(size);
    }

    @Override
    public SampleLines another() {
        return new CoefficientLines(source, component, size);
    }

    @Override
    public void read(int y, float[] into) {
        if (y / size != row) {
            row = y / size;
            source.read(row, read);
        }
        read.copyLine(y % size, into);
    }
}
