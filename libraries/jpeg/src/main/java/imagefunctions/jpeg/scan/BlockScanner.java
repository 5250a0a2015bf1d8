package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.SkipTable;
import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.Interruption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

    /** Blocks whose finding takes long beside starting a thread. */
    private static final int BLOCKS_OF_A_CORE = 30_000;

    /** The numbers of reusable arrays: for the blocks of all restart intervals, and for the first cursor's. */
    private static final int STARTS = 0;

    static final int OFFSETS = 1;

    private final EntropyData data;
    private final McuTables tables;
    private final C cursor;
    private final int[] offsets;

    /** Whether it began where there may be no block. */
    private final boolean speculative;

    private @Nullable C guess;

    private BlockScanner(EntropyData data, McuTables tables, C cursor, boolean speculative) {
        this.data = data;
        this.tables = tables;
        this.cursor = cursor;
        this.offsets = cursor.offsets;
        this.speculative = speculative;
    }

    /**
     * Finds all blocks of the scan, in coded order.
     *
     * @param restartInterval MCUs between restarts, 0 for none
     * @param negated the zig-zag indices, one bit each, of the coefficients whose signs are flipped in the index's
     *     bytes
     */
    public static BlockIndex find(
            EntropyData data, McuLayout layout, ScanTables huffman, int restartInterval, long negated, Cores cores) {
        int blocks = layout.count();
        int interval = restartInterval == 0 ? blocks : Math.min(blocks, restartInterval * layout.blocks());
        int components = layout.stepAcross().length;
        McuTables tables = new McuTables(layout, huffman, new boolean[components], new int[components]);
        int[] offsets = data.numbers(OFFSETS, interval + 1);
        if (negated == 0) {
            SkippingCursor cursor = new SkippingCursor(data, tables, offsets);
            return new BlockScanner<>(data, tables, cursor, false).find(blocks, interval, data.data(), cores);
        }
        FlippingCursor cursor = new FlippingCursor(data, tables, offsets, negated);
        return new BlockScanner<>(data, tables, cursor, false).find(blocks, interval, cursor.flipped(), cores);
    }

    private BlockIndex find(int blocks, int interval, byte[] bytes, Cores cores) {
        int[] starts = interval == blocks ? offsets : data.numbers(STARTS, blocks + 1);
        int[] ends = new int[(blocks + interval - 1) / interval];
        for (int at = 0, segment = 0; at < blocks; at += interval, segment++) {
            int count = Math.min(interval, blocks - at);
            find(segment, count, at + count == blocks, cores);
            ends[segment] = offsets[count];
            if (starts != offsets) {
                System.arraycopy(offsets, 0, starts, at, count + 1);
            }
        }
        return new BlockIndex(starts, starts == offsets ? 0 : interval, ends, bytes);
    }

    private void find(int segment, int blocks, boolean last, Cores cores) {
        int start = data.segmentStart(segment) << 3;
        int end = data.segmentEnd(segment) << 3;
        int parts = cores.parts(blocks, BLOCKS_OF_A_CORE);
        if (parts == 1) {
            findBy(start, end, blocks);
        } else {
            List<BlockScanner<C>> others =
                    IntStream.range(1, parts).mapToObj(this::speculative).toList();
            cores.all(parts, part -> {
                int from = start + (int) ((long) (end - start) * part / parts);
                int to = start + (int) ((long) (end - start) * (part + 1) / parts);
                if (part == 0) {
                    findBy(from, to, blocks);
                } else {
                    others.get(part - 1).guess(from, to, blocks);
                }
            });
            others.forEach(other -> resync(other.cursor, blocks));
        }
        run(blocks, data.limit());
        if (cursor.found() < blocks) {
            throw endsEarly();
        }
        cursor.refill();
        data.checkEnd(segment, offsets[blocks], last);
    }

    /** One that begins anywhere in the same data. */
    private BlockScanner<C> speculative(int part) {
        BlockScanner<C> other = new BlockScanner<>(data, tables, cursor.another(2 * part), true);
        other.guess = cursor.another(2 * part + 1);
        return other;
    }

    /** Finds what it can between two bits; blocks that it has found until it fails count like any others. */
    private void guess(int from, int to, int blocks) {
        try {
            findBy(from, to, blocks);
        } catch (DamagedJpegException e) {
            // The first cursor will say so, if it gets here.
        }
    }

    /** Finds the blocks that begin before a bit. */
    private void findBy(int from, int to, int blocks) {
        cursor.begin(from, 0);
        if (blocks >= MIN_BLOCKS_TO_SPLIT) {
            guess = guess == null ? cursor.another(1) : guess;
            guess.begin(((from >>> 4) + (to >>> 4)) << 3, 0);
            runBoth(cursor, guess, blocks, to);
            resync(guess, blocks);
        }
        run(blocks, to);
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
                case FIRST -> takeSlowPath(first, speculative);
                case SECOND -> takeSlowPath(second, true);
                case NEITHER -> {}
            }
        }
    }

    /** An invalid code does not mean corrupt data where the cursor may be anywhere. */
    private void takeSlowPath(C cursor, boolean anywhere) {
        try {
            cursor.takeSlowPath();
        } catch (DamagedJpegException e) {
            if (!anywhere) {
                throw e;
            }
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
                if (cursor.bit() >= data.limit()) {
                    throw endsEarly();
                }
                run(Math.min(blocks, cursor.found() + BLOCKS_BETWEEN_LOOKS), data.limit());
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

    /** Runs the first cursor alone until it has found a number of blocks, or is at a bit. */
    private void run(int blocks, int end) {
        while (cursor.found() < blocks && cursor.bit() < end) {
            Interruption.check();
            cursor.rewind();
            int most = Math.min(blocks, cursor.found() + McuTables.BLOCKS_PER_REWIND / 2);
            if (!cursor.step(most, end)) {
                cursor.takeSlowPath();
            }
        }
    }

    private static DamagedJpegException endsEarly() {
        return new DamagedJpegException("The entropy-coded data end too early.");
    }
}
