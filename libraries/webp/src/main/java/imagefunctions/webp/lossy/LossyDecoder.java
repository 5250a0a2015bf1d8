package imagefunctions.webp.lossy;

import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.Frame;
import imagefunctions.webp.format.Interruption;
import java.util.concurrent.CancellationException;

/**
 * Decodes a VP8 key frame (RFC 6386), one row of macroblocks after the other.
 *
 * <p>Blocks are predicted from unfiltered pixels, so that a row is filtered once it is complete; its last pixels change
 * again with the row below, and what is final is converted. Memory: three bytes a pixel for the result, and less than
 * 50 bytes for each column of pixels.
 */
public final class LossyDecoder {
    /** The rows of luma that are kept of the row of macroblocks above. */
    private static final int KEPT = 8;

    private static final int ROWS = KEPT + 16;

    private final KeyFrame frame;
    private final IntraModes modes;
    private final Residuals residuals;
    private final Workspace workspace;
    private final ColourRow colours;
    private final byte[] bgr;

    private final int stride;
    private final byte[] luma;
    private final byte[] blue;
    private final byte[] red;
    private final FilterStrength[] strengths;
    private final boolean[] inner;

    private LossyDecoder(KeyFrame frame) {
        this.frame = frame;
        modes = new IntraModes(frame);
        residuals = new Residuals(frame);
        workspace = new Workspace(frame.across());
        colours = new ColourRow(frame.width());
        stride = 16 * frame.across();
        luma = new byte[ROWS * stride];
        blue = new byte[ROWS * stride / 4];
        red = new byte[ROWS * stride / 4];
        strengths = new FilterStrength[frame.across()];
        inner = new boolean[frame.across()];
        bgr = new byte[3 * frame.width() * frame.height()];
    }

    /**
     * Decodes a frame; nothing is allocated for a bitstream that is too short for its pixels.
     *
     * @return blue, green and red of each pixel, row after row
     * @throws DamagedWebpException if it is broken or ends before its last pixel
     * @throws CancellationException if the thread is interrupted
     */
    public static byte[] decode(Frame frame) {
        KeyFrame header = KeyFrame.read(frame);
        // The modes of a macroblock have fixed probabilities, and take at least one bit.
        if (8L * frame.firstPartition() < (long) header.across() * header.down()) {
            throw new DamagedWebpException("The lossy WebP picture is too short for its pixels.");
        }
        return new LossyDecoder(header).decode();
    }

    private byte[] decode() {
        for (int row = 0; row < frame.down(); row++) {
            Interruption.check();
            decodeRow(row);
            filterRow(row);
            convertRow(row);
            keepLastRows();
        }
        return bgr;
    }

    private void decodeRow(int row) {
        BoolDecoder tokens = frame.tokens()[row & frame.tokens().length - 1];
        modes.startRow();
        residuals.startRow();
        workspace.startRow(row == 0);
        for (int column = 0; column < frame.across(); column++) {
            modes.read(column);
            if (modes.skipped) {
                residuals.skip(column, modes.split);
            } else {
                residuals.read(tokens, column, modes.split, frame.quantisers()[modes.segment]);
            }
            workspace.reconstruct(column, modes, residuals);
            strengths[column] = frame.filters()[2 * modes.segment + (modes.split ? 1 : 0)];
            inner[column] = modes.split || residuals.any;
            copyFromWorkspace(column);
        }
    }

    private void copyFromWorkspace(int column) {
        for (int y = 0; y < 16; y++) {
            int to = (KEPT + y) * stride + 16 * column;
            System.arraycopy(workspace.pixels, Workspace.LUMA + y * Workspace.STRIDE, luma, to, 16);
        }
        for (int y = 0; y < 8; y++) {
            int to = (KEPT / 2 + y) * stride / 2 + 8 * column;
            System.arraycopy(workspace.pixels, Workspace.BLUE + y * Workspace.STRIDE, blue, to, 8);
            System.arraycopy(workspace.pixels, Workspace.RED + y * Workspace.STRIDE, red, to, 8);
        }
    }

    private void filterRow(int row) {
        boolean above = row > 0;
        for (int column = 0; column < frame.across(); column++) {
            FilterStrength strength = strengths[column];
            if (strength.edge() == 0) {
                continue;
            }
            boolean left = column > 0;
            int at = KEPT * stride + 16 * column;
            if (frame.simpleFilter()) {
                LoopFilter.simple(luma, at, stride, strength, inner[column], left, above);
            } else {
                int chroma = KEPT * stride / 4 + 8 * column;
                LoopFilter.normal(luma, at, stride, 16, strength, inner[column], left, above);
                LoopFilter.normal(blue, chroma, stride / 2, 8, strength, inner[column], left, above);
                LoopFilter.normal(red, chroma, stride / 2, 8, strength, inner[column], left, above);
            }
        }
    }

    /**
     * Converts what the row below does not change: it filters three rows above its edge, and a row of pixels needs the
     * rows of chroma on both sides.
     */
    private void convertRow(int row) {
        int first = Math.max(0, 16 * row - 7);
        int end = row == frame.down() - 1 ? frame.height() : 16 * row + 9;
        int lastChroma = (frame.height() - 1) >> 1;
        for (int y = first; y < end; y++) {
            int near = y >> 1;
            int far = Math.clamp(near + ((y & 1) == 0 ? -1 : 1), 0, lastChroma);
            colours.convert(
                    luma,
                    (KEPT + y - 16 * row) * stride,
                    blue,
                    red,
                    (KEPT / 2 + near - 8 * row) * stride / 2,
                    (KEPT / 2 + far - 8 * row) * stride / 2,
                    bgr,
                    3 * frame.width() * y);
        }
    }

    private void keepLastRows() {
        System.arraycopy(luma, 16 * stride, luma, 0, KEPT * stride);
        System.arraycopy(blue, 4 * stride, blue, 0, KEPT * stride / 4);
        System.arraycopy(red, 4 * stride, red, 0, KEPT * stride / 4);
    }
}
