package imagefunctions.jpeg.scan;

/**
 * Where the blocks of a scan are, by their place in coded order.
 *
 * @param starts the bits at which the blocks begin, and, one more, at which the last one ends
 * @param interval blocks between restarts, 0 for none
 * @param ends the bits at which the last blocks before restarts end, and padding begins
 * @param bytes the scan's bytes, with those signs changed that were to be
 */
@SuppressWarnings("ArrayRecordComponent") // read in hot loops, never compared
public record BlockIndex(int[] starts, int interval, int[] ends, byte[] bytes) {
    int end(int block) {
        int next = block + 1;
        return interval > 0 && next % interval == 0 ? ends[next / interval - 1] : starts[next];
    }
}
