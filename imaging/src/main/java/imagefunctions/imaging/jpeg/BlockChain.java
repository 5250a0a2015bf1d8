package imagefunctions.imaging.jpeg;

/**
 * Runs through a sequential scan from block to block and notes at which bit each begins.
 *
 * <p>Invariant: between two steps `bit` is where the next symbol begins, `k` coefficients of the block `turn` have been
 * read, and `offsets[0]` to `offsets[base + turn]` are where blocks begin. A step has no branch that depends on the
 * picture: what follows an end of block is chosen by masks, since a processor would guess it wrong once a block. That
 * also lets two chains run interleaved at little more than the cost of one, see {@link BlockFinder}.
 */
final class BlockChain {
    private final byte[] data;
    private final int[] offsets;
    private long word;
    private int bit;
    private int k;
    private int base;
    private int turn;
    private int table;
    private int following;

    /** A chain that begins with the first block of an MCU. */
    BlockChain(byte[] data, int bit, McuTables tables, int[] offsets) {
        this.data = data;
        this.offsets = offsets;
        offsets[0] = bit;
        begin(bit, 0, tables);
    }

    /** A copy for a hot loop, which must not leave its method. */
    BlockChain(BlockChain other) {
        data = other.data;
        offsets = other.offsets;
        set(other);
    }

    /** Stands where another chain over the same data stands. */
    void set(BlockChain other) {
        word = other.word;
        bit = other.bit;
        k = other.k;
        base = other.base;
        turn = other.turn;
        table = other.table;
        following = other.following;
    }

    /** Stands before a block whose offset is known. */
    void begin(int newBit, int block, McuTables tables) {
        bit = newBit;
        k = 0;
        turn = block % tables.blocks();
        base = block - turn;
        table = tables.start(turn);
        following = tables.following(turn);
        refill();
    }

    /** Blocks found so far. */
    int found() {
        return base + turn;
    }

    int bit() {
        return bit;
    }

    /** Makes {@link McuTables#TURNS} blocks possible before the next call. */
    void rewind(McuTables tables) {
        int whole = turn - turn % tables.blocks();
        base += whole;
        turn -= whole;
    }

    /** Makes at least 57 bits available. */
    void refill() {
        word = Bytes.getLong(data, bit >>> 3) << (bit & 7);
    }

    /** Takes one table entry, at most {@link FastTables#SKIPS_PER_REFILL} times a refill; false if it has to be plain. */
    boolean step(McuTables tables) {
        int entry = tables.entry(table + (int) (word >>> (64 - FastTables.SKIP_BITS)));
        int reached = k + (entry >>> 6);
        if ((reached & FastTables.OVERRUN) != 0) {
            return false;
        }
        word <<= entry;
        bit += entry & 63;
        offsets[base + turn + 1] = bit;
        int ended = entry << 18 >> 31;
        k = reached & ~ended;
        turn -= ended;
        table = following >>> (ended & 16) & 0xFFFF;
        following = tables.following(turn);
        return true;
    }

    /** Reads on to the end of the block symbol by symbol. */
    void finishPlainly(McuTables tables, PlainBlocks plain) {
        BitCursor cursor = new BitCursor();
        cursor.seekBit(data, bit);
        int c = tables.component(found());
        if (k == 0) {
            plain.dcDifference(cursor, c);
        }
        plain.skipAc(cursor, c, Math.max(k - 1, 0));
        begin(cursor.bitOffset(), found() + 1, tables);
        offsets[found()] = bit;
    }

    /** Begins anew, one bit after something that cannot be a block. */
    void stumble(McuTables tables) {
        begin(bit + 1, 0, tables);
        offsets[0] = bit;
    }
}
