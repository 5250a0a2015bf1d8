package imagefunctions.jpeg.scan;

/**
 * The positions of the blocks of a scan, in coded order.
 *
 * @param starts the bits at which the blocks begin, and at which the last one ends
 * @param interval blocks in a restart interval, 0 for none
 * @param ends the bits at which the last blocks of restart intervals end and padding begins
 * @param bytes the scan's data, with signs flipped where asked for
 */
@SuppressWarnings("ArrayRecordComponent") // read in hot loops, never compared
public record BlockIndex(int[] starts, int interval, int[] ends, byte[] bytes) {
    int end(int block) {
        int next = block + 1;
        return interval > 0 && next % interval == 0 ? ends[next / interval - 1] : starts[next];
    }
}
