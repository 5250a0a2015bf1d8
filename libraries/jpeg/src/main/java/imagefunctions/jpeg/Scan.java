package imagefunctions.jpeg;

import java.util.List;

/**
 * One scan's header with the tables that are in force for it (ITU-T T.81, B.2.3).
 *
 * @param parts the components that the scan carries, in the order in which an MCU holds them
 * @param first zig-zag index of the first coefficient (Ss)
 * @param last zig-zag index of the last coefficient (Se)
 * @param high bit position that the scan refines, plus one; 0 on a first pass (Ah)
 * @param low bit position of the least significant bit that the scan carries (Al)
 * @param restartInterval MCUs between restart markers, 0 for none
 * @param dataOffset where the entropy-coded bytes begin
 */
record Scan(List<Part> parts, int first, int last, int high, int low, int restartInterval, int dataOffset) {

    /** A component in a scan: its number in the frame, its Huffman tables' numbers. */
    record Part(int component, int dcTable, int acTable) {}
}
