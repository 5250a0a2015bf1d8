package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.SkipTable;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.Interruption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bit at which each block of a sequential scan begins, the fast path under all edits that need no pixels.
 *
 * <p>A Huffman decoder waits for each table entry before it knows where the next code begins, which leaves most of a
 * processor idle. So a second cursor starts speculatively in the middle of the data. JPEG's codes are
 * self-synchronising: before long the second cursor is at a true start of a block of the right component, and from
 * there on finds what the first one would.
 *
 * <p>Invariant: offsets of the second cursor are used only from a block on that both cursors found at the same bit and
 * at the same place in an MCU, since those two determine all that follows. Whether and where they resync changes the
 * time only, never the result, which is that of {@link SlowPath}.
 */
public final class BlockScanner<C extends BlockCursor<C>> {
    private static final int MIN_BLOCKS_TO_SPLIT = 100;
    private static final int BLOCKS_BETWEEN_LOOKS = 16;

    private final EntropyData data;
    private final McuTables tables;
    private final C cursor;
    private final int[] offsets;
    private @Nullable C guess;

    private BlockScanner(EntropyData data, McuTables tables, C cursor) {
        this.data = data;
        this.tables = tables;
        this.cursor = cursor;
        this.offsets = cursor.offsets;
    }

    /**
     * Finds all blocks of the scan, in coded order.
     *
     * @param restartInterval MCUs between restarts, 0 for none
     * @param negated the zig-zag indices, one bit each, of the coefficients whose signs are flipped in the index's
     *     bytes
     */
    public static BlockIndex find(
            EntropyData data, McuLayout layout, ScanTables huffman, int restartInterval, long negated) {
        int blocks = layout.widthInMcus() * layout.heightInMcus() * layout.blocks();
        int interval = restartInterval == 0 ? blocks : Math.min(blocks, restartInterval * layout.blocks());
        int components = layout.stepAcross().length;
        McuTables tables = new McuTables(layout, huffman, new boolean[components], new int[components]);
        int[] offsets = data.numbers(0, interval + 1);
        if (negated == 0) {
            SkippingCursor cursor = new SkippingCursor(data, tables, offsets);
            return new BlockScanner<>(data, tables, cursor).find(blocks, interval, data.data());
        }
        FlippingCursor cursor = new FlippingCursor(data, tables, offsets, negated);
        return new BlockScanner<>(data, tables, cursor).find(blocks, interval, cursor.flipped());
    }

    private BlockIndex find(int blocks, int interval, byte[] bytes) {
        int[] starts = interval == blocks ? offsets : data.numbers(2, blocks + 1);
        int[] ends = new int[(blocks + interval - 1) / interval];
        for (int at = 0, segment = 0; at < blocks; at += interval, segment++) {
            int count = Math.min(interval, blocks - at);
            find(segment, count, at + count == blocks);
            ends[segment] = offsets[count];
            if (starts != offsets) {
                System.arraycopy(offsets, 0, starts, at, count + 1);
            }
        }
        return new BlockIndex(starts, starts == offsets ? 0 : interval, ends, bytes);
    }

    private void find(int segment, int blocks, boolean last) {
        int start = data.segmentStart(segment);
        int end = data.segmentEnd(segment);
        cursor.begin(start << 3, 0);
        if (blocks >= MIN_BLOCKS_TO_SPLIT) {
            guess = guess == null ? cursor.second() : guess;
            guess.begin((start + end) >>> 1 << 3, 0);
            runBoth(cursor, guess, blocks, end << 3);
            resync(guess, blocks);
        }
        run(blocks);
        cursor.refill();
        data.checkEnd(segment, offsets[blocks], last);
    }

    /** Runs both cursors until the first is where the second began, or the second is at the end. */
    private void runBoth(C first, C second, int blocks, int end) {
        int middle = second.bit();
        int most = blocks - SkipTable.PER_REFILL;
        while (first.bit() < middle && second.bit() < end && first.found() < most && second.found() < most) {
            Interruption.check();
            first.rewind();
            second.rewind();
            int room = most - Math.max(first.found(), second.found());
            int refills = Math.min(McuTables.BLOCKS_PER_REWIND, room) / SkipTable.PER_REFILL + 1;
            switch (first.step(second, refills, data.limit())) {
                case FIRST -> first.takeSlowPath();
                case SECOND -> guessBySlowPath(second);
                case NEITHER -> {}
            }
        }
    }

    /** An invalid code does not mean corrupt data here, since the second cursor may be anywhere. */
    private void guessBySlowPath(C cursor) {
        try {
            cursor.takeSlowPath();
        } catch (DamagedJpegException e) {
            cursor.skipBit();
        }
    }

    /** Runs the first cursor on until it meets the second, and takes over what that has found from there. */
    private void resync(C ahead, int blocks) {
        int[] guessed = ahead.offsets;
        int at = Arrays.binarySearch(offsets, 0, cursor.found() + 1, guessed[0]);
        int i = at < 0 ? ~at : at;
        int j = 0;
        while (j <= ahead.found()) {
            if (i > cursor.found()) {
                if (cursor.found() == blocks) {
                    return;
                }
                run(Math.min(blocks, cursor.found() + BLOCKS_BETWEEN_LOOKS));
            } else if (offsets[i] < guessed[j]) {
                i++;
            } else if (offsets[i] > guessed[j]) {
                j++;
            } else if (i % tables.period() == j % tables.period()) {
                cursor.resync(ahead, i, j, Math.min(ahead.found() - j, blocks - i));
                return;
            } else {
                i++;
                j++;
            }
        }
    }

    /** Runs the first cursor alone until it has found a number of blocks. */
    private void run(int blocks) {
        while (cursor.found() < blocks) {
            Interruption.check();
            if (cursor.bit() >= data.limit()) {
                throw new DamagedJpegException("The entropy-coded data end too early.");
            }
            cursor.rewind();
            int most = Math.min(blocks, cursor.found() + McuTables.BLOCKS_PER_REWIND / 2);
            if (!cursor.step(most, data.limit())) {
                cursor.takeSlowPath();
            }
        }
    }
}
