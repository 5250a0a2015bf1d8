package imagefunctions.jpeg.format;

/**
 * A component of a frame, with its sampling factors and dimensions (ITU-T T.81, A.1.1 and A.2.4).
 *
 * @param id by which scans refer to it; some files give it to several components
 * @param horizontal sampling factor, 1 to 4
 * @param vertical sampling factor, 1 to 4
 * @param quantisation number of its quantisation table, 0 to 3
 * @param width in samples, without padding
 * @param height in samples, without padding
 * @param coveredWidth the same, fractional where the last column is only partly covered
 * @param coveredHeight the same, fractional where the last row is only partly covered
 * @param widthInBlocks without blocks that only pad the last MCU
 * @param heightInBlocks without blocks that only pad the last MCU
 * @param paddedWidthInBlocks including those blocks
 * @param paddedHeightInBlocks including those blocks
 */
public record Component(
        int id,
        int horizontal,
        int vertical,
        int quantisation,
        int width,
        int height,
        float coveredWidth,
        float coveredHeight,
        int widthInBlocks,
        int heightInBlocks,
        int paddedWidthInBlocks,
        int paddedHeightInBlocks) {

    public int paddedBlocks() {
        return paddedWidthInBlocks * paddedHeightInBlocks;
    }
}
