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

    private Encoder.Part part(int c, BlockSource[] sources) {
        Component component = frame.components().get(c);
        Turn turn = edit.turn();
        boolean across = turn.transposes();
        boolean alone = sources.length == 1;
        int horizontal = alone ? 1 : across ? component.vertical() : component.horizontal();
        int vertical = alone ? 1 : across ? component.horizontal() : component.vertical();
        ShiftedRows.Shift alongX = turn.mirrorsX()
                ? ShiftedRows.Shift.mirrored(width(), samplesAcross(component), ratio(horizontal, across, alone))
                : ShiftedRows.Shift.NONE;
        ShiftedRows.Shift alongY = turn.mirrorsY()
                ? ShiftedRows.Shift.mirrored(height(), samplesDown(component), ratio(vertical, !across, alone))
                : ShiftedRows.Shift.NONE;
        boolean aligned = alongX.none() && alongY.none();
        TurnedRows turned = new TurnedRows(sources[c], turn);
        boolean anew = edit.quality().isPresent();
        int[] steps = anew ? StandardTables.steps(c == 0, edit.quality().getAsInt()) : turned.steps();
        if (!aligned) {
            return new Encoder.Part(horizontal, vertical, new ShiftedRows(turned, alongX, alongY, steps), null);
        }
        BlockRows rows = anew ? new RequantisedRows(turned, steps) : turned;
        BlockCoder copier = anew || across ? null : copier(sources[c], c == 0);
        return new Encoder.Part(horizontal, vertical, rows, copier);
    }

    private int samplesAcross(Component component) {
        return edit.turn().transposes() ? component.height() : component.width();
    }

    private int samplesDown(Component component) {
        return edit.turn().transposes() ? component.width() : component.height();
    }

    /** Pixels that a sample covers, across or down the result. */
    private float ratio(int factor, boolean vertically, boolean alone) {
        return alone ? 1 : (float) (vertically ? frame.maxVertical() : frame.maxHorizontal()) / factor;
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
