package imagefunctions.jpeg.format;

import java.util.List;

/**
 * One scan's header with the tables that are in force for it (ITU-T T.81, B.2.3).
 *
 * @param parts the components that the scan carries, in the order in which an MCU holds them
 * @param spectralStart zig-zag index of the first coefficient (Ss)
 * @param spectralEnd zig-zag index of the last coefficient (Se)
 * @param approximationHigh bit position that the scan refines, plus one; 0 on a first pass (Ah)
 * @param approximationLow bit position of the least significant bit that the scan carries (Al)
 * @param restartInterval MCUs between restart markers, 0 for none
 * @param dataOffset where the entropy-coded bytes begin
 */
public record Scan(
        List<Part> parts,
        int spectralStart,
        int spectralEnd,
        int approximationHigh,
        int approximationLow,
        int restartInterval,
        int dataOffset) {

    /** A component in a scan: its number in the frame, its Huffman tables' numbers. */
    public record Part(int component, int dcTable, int acTable) {}
}
