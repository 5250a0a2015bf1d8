package imagefunctions.jpeg.format;

import java.util.List;

/**
 * A scan header (ITU-T T.81, B.2.3) with the restart interval in force.
 *
 * @param parts the components of the scan, in coded order
 * @param spectralStart zig-zag index of the first coefficient (Ss)
 * @param spectralEnd zig-zag index of the last coefficient (Se)
 * @param approximationHigh the preceding bit position, 0 on a first pass (Ah)
 * @param approximationLow the bit position of this scan (Al)
 * @param restartInterval MCUs between restart markers, 0 for none
 * @param dataOffset offset of the entropy-coded data in the file
 */
public record Scan(
        List<Part> parts,
        int spectralStart,
        int spectralEnd,
        int approximationHigh,
        int approximationLow,
        int restartInterval,
        int dataOffset) {
    /** The highest bit position of a scan (G.1.1.1.1). */
    public static final int MAX_APPROXIMATION = 13;

    /** A component of a scan: its index in the frame and the numbers of its Huffman tables. */
    public record Part(int component, int dcTable, int acTable) {}
}
