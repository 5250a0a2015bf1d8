package imagefunctions.jpeg.format;

/**
 * One colour plane of a frame: how it is sampled and how many blocks it has (ITU-T T.81, A.1.1 and A.2.4).
 *
 * @param id as scans name it
 * @param horizontal sampling factor, 1 to 4
 * @param vertical sampling factor, 1 to 4
 * @param quantisation number of its table, 0 to 3
 * @param width samples across that carry picture
 * @param height samples down that carry picture
 * @param coveredWidth the same across, where the last sample carries picture in part
 * @param coveredHeight the same down
 * @param widthInBlocks blocks across that carry picture
 * @param heightInBlocks blocks down that carry picture
 * @param paddedWidthInBlocks blocks across including those that fill the last MCU
 * @param paddedHeightInBlocks blocks down including those that fill the last MCU
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
