package imagefunctions.jpeg;

import imagefunctions.jpeg.blocks.HalvedRows;
import imagefunctions.jpeg.blocks.RealignedRows;
import imagefunctions.jpeg.blocks.Requantisation;
import imagefunctions.jpeg.blocks.TransformedRows;
import imagefunctions.jpeg.format.CoefficientRange;
import imagefunctions.jpeg.format.Component;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.Frame;
import imagefunctions.jpeg.format.HuffmanTable;
import imagefunctions.jpeg.format.StandardTables;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.samples.BlockRows;
import imagefunctions.jpeg.samples.Lanczos;
import imagefunctions.jpeg.samples.Plane;
import imagefunctions.jpeg.samples.PlaneReader;
import imagefunctions.jpeg.samples.SampleRows;
import imagefunctions.jpeg.samples.Strip;
import imagefunctions.jpeg.scan.BlockSource;
import imagefunctions.jpeg.scan.CoefficientReader;
import imagefunctions.jpeg.scan.SequentialBlocks;
import imagefunctions.jpeg.write.BitCopier;
import imagefunctions.jpeg.write.BlockCoder;
import imagefunctions.jpeg.write.Encoder;
import imagefunctions.jpeg.write.RequantisingCoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Transforms, greys and requantises a picture of unchanged size; aligned blocks never leave the DCT domain. */
final class Transcoding {
    private final Frame frame;
    private final JpegEdit edit;

    Transcoding(Frame frame, JpegEdit edit) {
        this.frame = frame;
        this.edit = edit;
    }

    int width() {
        return edit.transform().transposes() ? frame.height() : frame.width();
    }

    int height() {
        return edit.transform().transposes() ? frame.width() : frame.height();
    }

    /** Gives the edited components, luma only or all of them, each time to be read by another thread. */
    Supplier<List<Encoder.Part>> parts(BlockSource[] sources, Strip strip, Cores cores) {
        @Nullable Plane[] resampled = new Plane[sources.length];
        for (int c = 0; c < sources.length; c++) {
            boolean alone = sources.length == 1;
            resampled[c] = resampled(c, alone) && !halved(c, alone) ? resample(sources[c], c, strip, cores) : null;
        }
        return () -> {
            List<Encoder.Part> parts = new ArrayList<>();
            for (int c = 0; c < sources.length; c++) {
                parts.add(part(c, sources, resampled[c]));
            }
            return parts;
        };
    }

    /** Whether luma's blocks are copied in coded form, so that they should not be decoded. */
    boolean copies(boolean grey) {
        return copied() && !resampled(0, grey) && aligned(frame.components().getFirst(), grey);
    }

    /** Whether block rows are read from the top down, once, and those of all components in step. */
    boolean inOrder(boolean grey) {
        boolean ordered = !edit.transform().mirrorsY() && !edit.transform().transposes() && !edit.optimised();
        for (int c = 0; ordered && c < (grey ? 1 : frame.components().size()); c++) {
            ordered = !resampled(c, grey);
        }
        return ordered;
    }

    /** The coefficients that a coarser quantisation makes zero, where that is all that is done to their values. */
    CoefficientReader.Discarded discarded(boolean grey) {
        return (c, steps) -> edit.quality().isEmpty()
                        || resampled(c, grey)
                        || !aligned(frame.components().get(c), grey)
                ? 0
                : Requantisation.vanishing(steps, steps(c), edit.transform());
    }

    private int[] steps(int c) {
        return StandardTables.steps(c == 0, edit.quality().orElseThrow());
    }

    /** Whether codes stay the same, except for their order and signs. */
    private boolean copied() {
        return edit.quality().isEmpty()
                && !edit.optimised()
                && !edit.transform().transposes();
    }

    private boolean aligned(Component component, boolean alone) {
        return offsetX(component, alone).none() && offsetY(component, alone).none();
    }

    /** Whether the number of samples of a component changes: grey has one for each pixel, a new quality is 4:2:0. */
    private boolean resampled(int c, boolean alone) {
        Component component = frame.components().get(c);
        boolean asItIs = !alone && edit.quality().isEmpty();
        return !asItIs
                && (component.horizontal() * pixels(c) != frame.maxHorizontal()
                        || component.vertical() * pixels(c) != frame.maxVertical());
    }

    /** Whether a component that is {@link #resampled} is so by halving its blocks, in which nothing is padding. */
    private boolean halved(int c, boolean alone) {
        Component component = frame.components().get(c);
        return c > 0
                && !edit.transform().transposes()
                && component.width() % 8 == 0
                && component.height() % 8 == 0
                && aligned(component, alone)
                && isWholeOrHalf(component.horizontal(), frame.maxHorizontal())
                && isWholeOrHalf(component.vertical(), frame.maxVertical());
    }

    private static boolean isWholeOrHalf(int factor, int most) {
        return factor == most || factor * 2 == most;
    }

    /** Pixels that a sample of grey or 4:2:0 covers in either direction. */
    private static int pixels(int c) {
        return c == 0 ? 1 : 2;
    }

    private Encoder.Part part(int c, BlockSource[] sources, @Nullable Plane resampled) {
        Component component = frame.components().get(c);
        boolean across = edit.transform().transposes();
        boolean alone = sources.length == 1;
        boolean requantised = edit.quality().isPresent();
        int horizontal = alone ? 1 : across ? frame.reducedVertical(component) : frame.reducedHorizontal(component);
        int vertical = alone ? 1 : across ? frame.reducedHorizontal(component) : frame.reducedVertical(component);
        if (requantised && !alone) {
            horizontal = 2 / pixels(c);
            vertical = horizontal;
        }
        int[] steps = requantised ? steps(c) : Requantisation.steps(sources[c].steps(), edit.transform());
        if (resampled != null) {
            return new Encoder.Part(horizontal, vertical, new SampleRows(resampled, steps), null);
        }
        if (resampled(c, alone)) {
            boolean halfAcross = component.horizontal() == frame.maxHorizontal();
            boolean halfDown = component.vertical() == frame.maxVertical();
            BlockRows halved = new HalvedRows(sources[c], edit.transform(), halfAcross, halfDown, steps);
            return new Encoder.Part(horizontal, vertical, halved, null);
        }
        if (!aligned(component, alone)) {
            BlockRows realigned = new RealignedRows(
                    sources[c], edit.transform(), offsetX(component, alone), offsetY(component, alone), steps);
            return new Encoder.Part(horizontal, vertical, realigned, null);
        }
        BlockRows rows = new TransformedRows(sources[c], edit.transform(), steps);
        BlockCoder copier = copied() ? copier(sources[c], c == 0) : null;
        boolean direct = copier == null && !across && sources[c].holds(vertical);
        return new Encoder.Part(horizontal, vertical, rows, direct ? requantising(sources[c], c == 0, steps) : copier);
    }

    /** The component resampled, from as few coefficients as suffice. */
    private Plane resample(BlockSource source, int c, Strip strip, Cores cores) {
        Component component = frame.components().get(c);
        int width = Math.ceilDiv(frame.width(), pixels(c));
        int height = Math.ceilDiv(frame.height(), pixels(c));
        Plane read = PlaneReader.read(
                source, component, sufficient(component.width(), width), sufficient(component.height(), height), cores);
        Transform transform = edit.transform();
        double perPixelAcross = read.coveredWidth() / (double) frame.width();
        double perPixelDown = read.coveredHeight() / (double) frame.height();
        Lanczos filter = new Lanczos(
                new Lanczos.Axis(width, pixels(c), frame.width(), perPixelAcross, transform.mirrorsAcross()),
                new Lanczos.Axis(height, pixels(c), frame.height(), perPixelDown, transform.mirrorsDown()));
        return filter.resize(read, strip, cores).transformed(transform);
    }

    /** How many samples of each block are enough for a number of samples. */
    private static int sufficient(int from, int to) {
        return from * 4 >= to * 8 ? 4 : 8;
    }

    private RealignedRows.Offset offsetX(Component component, boolean alone) {
        boolean across = edit.transform().transposes();
        int factor = across ? component.vertical() : component.horizontal();
        int most = across ? frame.maxVertical() : frame.maxHorizontal();
        return edit.transform().mirrorsX()
                ? RealignedRows.Offset.mirrored(
                        width(), across ? component.height() : component.width(), alone ? 1 : (float) most / factor)
                : RealignedRows.Offset.NONE;
    }

    private RealignedRows.Offset offsetY(Component component, boolean alone) {
        boolean across = edit.transform().transposes();
        int factor = across ? component.horizontal() : component.vertical();
        int most = across ? frame.maxHorizontal() : frame.maxVertical();
        return edit.transform().mirrorsY()
                ? RealignedRows.Offset.mirrored(
                        height(), across ? component.width() : component.height(), alone ? 1 : (float) most / factor)
                : RealignedRows.Offset.NONE;
    }

    private BlockCoder requantising(BlockSource source, boolean luma, int[] steps) {
        return new RequantisingCoder(source, edit.transform(), steps, StandardTables.dc(luma), StandardTables.ac(luma));
    }

    private @Nullable BlockCoder copier(BlockSource source, boolean luma) {
        if (!(source instanceof SequentialBlocks blocks) || blocks.acTable().length(0) == 0) {
            return null;
        }
        HuffmanTable dc = blocks.dcTable();
        for (int size = 0; size <= CoefficientRange.MAX_DC_SIZE; size++) {
            if (dc.length(size) == 0) {
                dc = StandardTables.dc(luma);
            }
        }
        return new BitCopier(blocks, edit.transform(), dc);
    }
}
