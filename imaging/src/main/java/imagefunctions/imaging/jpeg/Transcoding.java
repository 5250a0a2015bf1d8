package imagefunctions.imaging.jpeg;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole pictures, turned, greyed and quantised anew without ever being samples, where their blocks are aligned. */
final class Transcoding {
    private final Frame frame;
    private final JpegEdit edit;

    Transcoding(Frame frame, JpegEdit edit) {
        this.frame = frame;
        this.edit = edit;
    }

    int width() {
        return edit.turn().transposes() ? frame.height() : frame.width();
    }

    int height() {
        return edit.turn().transposes() ? frame.width() : frame.height();
    }

    /** The edited components: luma alone, or all of them. */
    List<Encoder.Part> parts(BlockSource[] sources) {
        List<Encoder.Part> parts = new ArrayList<>();
        for (int c = 0; c < sources.length; c++) {
            parts.add(part(c, sources));
        }
        return parts;
    }

    /** Whether luma's blocks are copied as they are coded: then who reads them should not decode them. */
    boolean copies(boolean grey) {
        return copied()
                && (!grey || frame.wholeLuma())
                && aligned(frame.components().getFirst(), grey);
    }

    /** Whether codes stay what they are, but for their order and signs. */
    private boolean copied() {
        return edit.quality().isEmpty() && !edit.optimised() && !edit.turn().transposes();
    }

    private boolean aligned(Component component, boolean alone) {
        return alongX(component, alone).none() && alongY(component, alone).none();
    }

    private Encoder.Part part(int c, BlockSource[] sources) {
        Component component = frame.components().get(c);
        boolean across = edit.turn().transposes();
        boolean alone = sources.length == 1;
        int horizontal = alone ? 1 : across ? component.vertical() : component.horizontal();
        int vertical = alone ? 1 : across ? component.horizontal() : component.vertical();
        TurnedRows turned = new TurnedRows(sources[c], edit.turn());
        boolean anew = edit.quality().isPresent();
        int[] steps = anew ? StandardTables.steps(c == 0, edit.quality().getAsInt()) : turned.steps();
        if (alone && !frame.wholeLuma()) {
            return new Encoder.Part(1, 1, enlarged(sources[c], component, steps), null);
        }
        if (!aligned(component, alone)) {
            BlockRows shifted =
                    new ShiftedRows(sources[c], edit.turn(), alongX(component, alone), alongY(component, alone), steps);
            return new Encoder.Part(horizontal, vertical, shifted, null);
        }
        BlockRows rows = anew ? new RequantisedRows(turned, steps) : turned;
        return new Encoder.Part(horizontal, vertical, rows, copied() ? copier(sources[c], c == 0) : null);
    }

    /** A grey picture has a sample for each pixel, which luma has not that is sampled below chroma. */
    private BlockRows enlarged(BlockSource luma, Component component, int[] steps) {
        Plane plane = PlaneReader.read(luma, component, 8);
        return new SampleRows(
                Lanczos.resize(plane, frame.width(), frame.height()).turned(edit.turn()), steps);
    }

    private ShiftedRows.Shift alongX(Component component, boolean alone) {
        boolean across = edit.turn().transposes();
        int factor = across ? component.vertical() : component.horizontal();
        int most = across ? frame.maxVertical() : frame.maxHorizontal();
        return edit.turn().mirrorsX()
                ? ShiftedRows.Shift.mirrored(
                        width(), across ? component.height() : component.width(), alone ? 1 : (float) most / factor)
                : ShiftedRows.Shift.NONE;
    }

    private ShiftedRows.Shift alongY(Component component, boolean alone) {
        boolean across = edit.turn().transposes();
        int factor = across ? component.horizontal() : component.vertical();
        int most = across ? frame.maxHorizontal() : frame.maxVertical();
        return edit.turn().mirrorsY()
                ? ShiftedRows.Shift.mirrored(
                        height(), across ? component.width() : component.height(), alone ? 1 : (float) most / factor)
                : ShiftedRows.Shift.NONE;
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
        return new BitCopier(blocks, edit.turn(), dc);
    }
}
