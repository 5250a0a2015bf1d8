package imagefunctions.imaging.jpeg;

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
 * the time and nothing else: the result is {@link PlainBlocks}' in any case.
 */
final class BlockFinder {
    private static final int MIN_BLOCKS_TO_SPLIT = 1000;
    private static final int BLOCKS_BETWEEN_LOOKS = 16;

    private final EntropyData data;
    private final PlainBlocks plain;
    private final McuTables tables;
    private int[] guess = new int[0];

    BlockFinder(EntropyData data, McuPlan plan, PlainBlocks plain) {
        this.data = data;
        this.plain = plain;
        this.tables = new McuTables(plan, plain);
    }

    /**
     * Finds all blocks of the scan, in coded order.
     *
     * @param interval blocks between restarts, 0 for none
     * @return the bits at which the blocks begin, and, one more, at which the last one ends; a block before a restart ends
     *     at the latest where the next one begins
     */
    int[] find(int blocks, int interval) {
        int[] offsets = new int[blocks + 1];
        if (interval == 0 || interval >= blocks) {
            find(0, blocks, offsets);
            return offsets;
        }
        int[] part = new int[interval + 1];
        for (int at = 0, segment = 0; at < blocks; at += interval, segment++) {
            int count = Math.min(interval, blocks - at);
            find(segment, count, part);
            System.arraycopy(part, 0, offsets, at, count + 1);
        }
        return offsets;
    }

    private void find(int segment, int blocks, int[] offsets) {
        int start = data.segmentStart(segment);
        int end = data.segmentEnd(segment);
        BlockChain chain = new BlockChain(data.data(), start << 3, tables, offsets);
        if (blocks >= MIN_BLOCKS_TO_SPLIT) {
            guess = guess.length > blocks ? guess : new int[blocks + 1];
            BlockChain ahead = new BlockChain(data.data(), (start + end) >>> 1 << 3, tables, guess);
            runBoth(chain, ahead, blocks, end << 3);
            join(chain, offsets, blocks, ahead.found());
        }
        run(chain, blocks);
        if (offsets[blocks] > end << 3) {
            throw new DamagedJpegException("The entropy-coded data end too early.");
        }
    }

    /** Runs both chains until the first is where the second began, or the second at the end. */
    private void runBoth(BlockChain first, BlockChain second, int blocks, int end) {
        int middle = second.bit();
        int most = blocks - SkipTable.PER_REFILL;
        while (first.bit() < middle && second.bit() < end && first.found() < most && second.found() < most) {
            first.rewind(tables);
            second.rewind(tables);
            int room = most - Math.max(first.found(), second.found());
            switch (step(first, second, Math.min(McuTables.TURNS, room) / SkipTable.PER_REFILL + 1)) {
                case FIRST -> first.takePlainly(tables, plain);
                case SECOND -> guessOn(second);
                case NEITHER -> {}
            }
        }
    }

    /** Which chain has come to a symbol that no table covers. */
    private enum Stuck {
        FIRST,
        SECOND,
        NEITHER
    }

    /** The hot loop: steps both chains through so many refills at most. */
    private Stuck step(BlockChain first, BlockChain second, int refills) {
        BlockChain a = new BlockChain(first);
        BlockChain b = new BlockChain(second);
        Stuck stuck = Stuck.NEITHER;
        int limit = data.limit();
        for (int refill = 0; refill < refills && stuck == Stuck.NEITHER; refill++) {
            if (a.bit() >= limit || b.bit() >= limit) {
                break;
            }
            a.refill(tables);
            b.refill(tables);
            for (int i = 0; i < SkipTable.PER_REFILL; i++) {
                if (!a.step(tables)) {
                    stuck = Stuck.FIRST;
                    break;
                }
                if (!b.step(tables)) {
                    stuck = Stuck.SECOND;
                    break;
                }
            }
        }
        first.set(a);
        second.set(b);
        return stuck;
    }

    /** What stops the guess is no damage: it may stand anywhere. */
    private void guessOn(BlockChain chain) {
        try {
            chain.takePlainly(tables, plain);
        } catch (DamagedJpegException e) {
            chain.stumble(tables);
        }
    }

    /** Runs the first chain on until it meets the guess, and takes the guess' offsets from there. */
    private void join(BlockChain chain, int[] offsets, int blocks, int guessed) {
        int i = 0;
        int j = 0;
        while (j <= guessed) {
            if (i > chain.found()) {
                if (chain.found() == blocks) {
                    return;
                }
                run(chain, Math.min(blocks, chain.found() + BLOCKS_BETWEEN_LOOKS));
            } else if (offsets[i] < guess[j]) {
                i++;
            } else if (offsets[i] > guess[j]) {
                j++;
            } else if (i % tables.period() == j % tables.period()) {
                int taken = Math.min(guessed - j, blocks - i);
                System.arraycopy(guess, j, offsets, i, taken + 1);
                chain.begin(offsets[i + taken], i + taken, tables);
                return;
            } else {
                i++;
                j++;
            }
        }
    }

    /** Runs the chain alone until it has found as many blocks. */
    private void run(BlockChain chain, int blocks) {
        int limit = data.limit();
        while (chain.found() < blocks) {
            if (chain.bit() >= limit) {
                throw new DamagedJpegException("The entropy-coded data end too early.");
            }
            chain.rewind(tables);
            if (!step(chain, Math.min(blocks, chain.found() + McuTables.TURNS / 2), limit)) {
                chain.takePlainly(tables, plain);
            }
        }
    }

    /** The same for one chain, to so many blocks; false if it has come to a symbol that no table covers. */
    private boolean step(BlockChain shared, int blocks, int limit) {
        BlockChain chain = new BlockChain(shared);
        boolean covered = true;
        while (covered && chain.found() < blocks && chain.bit() < limit) {
            chain.refill(tables);
            for (int i = 0; i < SkipTable.PER_REFILL && covered && chain.found() < blocks; i++) {
                covered = chain.step(tables);
            }
        }
        shared.set(chain);
        return covered;
    }
}
