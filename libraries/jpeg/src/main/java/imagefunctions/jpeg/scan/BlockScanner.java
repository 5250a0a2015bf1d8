package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.SkipTable;
import imagefunctions.jpeg.format.DamagedJpegException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bit at which each block of a sequential scan begins: the fast path under everything that needs no pixels.
 *
 * <p>A Huffman decoder waits for each table entry before it knows where the next code begins, and leaves most of a
 * processor idle. So a second chain starts in the middle of the data, at a guess. JPEG's codes synchronise by
 * themselves: before long the guess stands at a true beginning of a block, of the right kind, and from there on is what
 * the first chain would find.
 *
 * <p>Invariant: offsets are taken from the guess only from a place on where both chains stood before a block at the same
 * bit and at the same place in an MCU, since those two decide all that follows. Whether and where that happens changes
 * the time and nothing else: the result is {@link SlowPath}' in any case.
 */
public final class BlockScanner<C extends BlockCursor<C>> {
    private static final int MIN_BLOCKS_TO_SPLIT = 100;
    private static final int BLOCKS_BETWEEN_LOOKS = 16;

    private final EntropyData data;
    private final McuTables tables;
    private final C chain;
    private final int[] offsets;
    private @Nullable C guess;

    private BlockScanner(EntropyData data, McuTables tables, C chain) {
        this.data = data;
        this.tables = tables;
        this.chain = chain;
        this.offsets = chain.offsets;
    }

    /**
     * Finds all blocks of the scan, in coded order.
     *
     * @param restartInterval MCUs between restarts, 0 for none
     * @param negated a bit for the zig-zag index of each coefficient whose sign is to be changed in the index' bytes
     */
    public static BlockIndex find(
            EntropyData data, McuLayout layout, ScanTables huffman, int restartInterval, long negated) {
        int blocks = layout.widthInMcus() * layout.heightInMcus() * layout.blocks();
        int interval = restartInterval == 0 ? blocks : Math.min(blocks, restartInterval * layout.blocks());
        McuTables tables = new McuTables(layout, huffman, new boolean[layout.stepAcross().length]);
        int[] offsets = data.numbers(0, interval + 1);
        if (negated == 0) {
            SkippingCursor chain = new SkippingCursor(data, tables, offsets);
            return new BlockScanner<>(data, tables, chain).find(blocks, interval, data.data());
        }
        FlippingCursor chain = new FlippingCursor(data, tables, offsets, negated);
        return new BlockScanner<>(data, tables, chain).find(blocks, interval, chain.flipped());
    }

    private BlockIndex find(int blocks, int interval, byte[] bytes) {
        int[] starts = interval == blocks ? offsets : data.numbers(2, blocks + 1);
        int[] ends = new int[(blocks + interval - 1) / interval];
        for (int at = 0, segment = 0; at < blocks; at += interval, segment++) {
            int count = Math.min(interval, blocks - at);
            find(segment, count);
            ends[segment] = offsets[count];
            if (starts != offsets) {
                System.arraycopy(offsets, 0, starts, at, count + 1);
            }
        }
        return new BlockIndex(starts, starts == offsets ? 0 : interval, ends, bytes);
    }

    private void find(int segment, int blocks) {
        int start = data.segmentStart(segment);
        int end = data.segmentEnd(segment);
        chain.begin(start << 3, 0);
        if (blocks >= MIN_BLOCKS_TO_SPLIT) {
            guess = guess == null ? chain.another() : guess;
            guess.begin((start + end) >>> 1 << 3, 0);
            runBoth(chain, guess, blocks, end << 3);
            join(guess, blocks);
        }
        run(blocks);
        chain.refill();
        if (offsets[blocks] > end << 3) {
            throw new DamagedJpegException("The entropy-coded data end too early.");
        }
    }

    /** Runs both chains until the first is where the second began, or the second at the end. */
    private void runBoth(C first, C second, int blocks, int end) {
        int middle = second.bit();
        int most = blocks - SkipTable.PER_REFILL;
        while (first.bit() < middle && second.bit() < end && first.found() < most && second.found() < most) {
            first.rewind();
            second.rewind();
            int room = most - Math.max(first.found(), second.found());
            int refills = Math.min(McuTables.TURNS, room) / SkipTable.PER_REFILL + 1;
            switch (first.step(second, refills, data.limit())) {
                case FIRST -> first.takePlainly();
                case SECOND -> guessOn(second);
                case NEITHER -> {}
            }
        }
    }

    /** What stops the guess is no damage: it may stand anywhere. */
    private void guessOn(C chain) {
        try {
            chain.takePlainly();
        } catch (DamagedJpegException e) {
            chain.stumble();
        }
    }

    /** Runs the first chain on until it meets the guess, and takes what that has found from there. */
    private void join(C ahead, int blocks) {
        int[] guessed = ahead.offsets;
        int at = Arrays.binarySearch(offsets, 0, chain.found() + 1, guessed[0]);
        int i = at < 0 ? ~at : at;
        int j = 0;
        while (j <= ahead.found()) {
            if (i > chain.found()) {
                if (chain.found() == blocks) {
                    return;
                }
                run(Math.min(blocks, chain.found() + BLOCKS_BETWEEN_LOOKS));
            } else if (offsets[i] < guessed[j]) {
                i++;
            } else if (offsets[i] > guessed[j]) {
                j++;
            } else if (i % tables.period() == j % tables.period()) {
                chain.join(ahead, i, j, Math.min(ahead.found() - j, blocks - i));
                return;
            } else {
                i++;
                j++;
            }
        }
    }

    /** Runs the chain alone until it has found as many blocks. */
    private void run(int blocks) {
        while (chain.found() < blocks) {
            if (chain.bit() >= data.limit()) {
                throw new DamagedJpegException("The entropy-coded data end too early.");
            }
            chain.rewind();
            int most = Math.min(blocks, chain.found() + McuTables.TURNS / 2);
            if (!chain.step(most, data.limit())) {
                chain.takePlainly();
            }
        }
    }
}
