package imagefunctions.imaging.jpeg;

/**
 * Runs through a sequential scan from block to block and notes at which bit each begins.
 *
 * <p>Invariant: `offsets[0]` to `offsets[next - 1]` are where blocks begin. `state` is the sum of the entries taken since
 * the last refill, at `bit`, except that what is above the taken bits begins anew with each block. `order` names the
 * tables from the next one on. A step has no branch that depends on the picture: what follows an end of block is chosen
 * by shifts and masks, since a processor would guess it wrong once a block. That also lets two chains run interleaved at
 * little more than the cost of one, see {@link BlockFinder}.
 */
final class BlockChain {
    private final byte[] data;
    private final int[] offsets;
    private long word;
    private long order;
    private int bit;
    private int state;
    private int next;
    private int base;

    /** A chain that begins with the first block of an MCU. */
    BlockChain(byte[] data, int bit, McuTables tables, int[] offsets) {
        this.data = data;
        this.offsets = offsets;
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
        order = other.order;
        bit = other.bit;
        state = other.state;
        next = other.next;
        base = other.base;
    }

    /** Stands before a block. */
    void begin(int newBit, int block, McuTables tables) {
        offsets[block] = newBit;
        stand(newBit, block, 0, tables);
    }

    private void stand(int newBit, int block, int coefficients, McuTables tables) {
        bit = newBit;
        state = coefficients * SkipTable.ONE_COEFFICIENT;
        next = block + 1;
        base = next - block % tables.blocks();
        refill(tables);
    }

    /** Blocks found so far. */
    int found() {
        return next - 1;
    }

    int bit() {
        return bit + (state & SkipTable.TAKEN);
    }

    /** Makes {@link McuTables#TURNS} blocks possible before the next call. */
    void rewind(McuTables tables) {
        base = next - (next - base) % tables.blocks();
    }

    /** Makes at least 57 bits available, and as many tables as they can need. */
    void refill(McuTables tables) {
        bit = bit();
        state &= ~SkipTable.TAKEN;
        word = Bytes.getLong(data, bit >>> 3) << (bit & 7);
        order = McuTables.begun(tables.order(next - base), state & SkipTable.COEFFICIENTS);
    }

    /** Takes one table entry, at most {@link SkipTable#PER_REFILL} times a refill; false if it has to be plain. */
    boolean step(McuTables tables) {
        int entry = tables.entry((int) (word >>> (64 - SkipTable.BITS)) | ((int) order & McuTables.TABLE));
        int sum = state + entry;
        if ((sum & SkipTable.OVERRUN) != 0) {
            return false;
        }
        word <<= entry;
        order >>>= entry >>> SkipTable.MOVE_AT;
        offsets[next] = bit + (sum & SkipTable.TAKEN);
        int ended = entry >>> SkipTable.END_AT;
        next += ended;
        state = sum & (ended - 1 | SkipTable.TAKEN);
        return true;
    }

    /** Takes one symbol as ITU-T T.81, F.2.2 describes it. */
    void takePlainly(McuTables tables, PlainBlocks plain) {
        int at = bit();
        int c = tables.component(found());
        int read = (state & SkipTable.COEFFICIENTS) / SkipTable.ONE_COEFFICIENT;
        long ahead = Bytes.getLong(data, at >>> 3) << (at & 7);
        if (read == 0) {
            int symbol = PlainBlocks.dcSymbol(ahead, plain.dc(c));
            stand(at + (symbol & 63), found(), 1, tables);
            return;
        }
        int symbol = PlainBlocks.acSymbol(ahead, plain.ac(c));
        int reached = read + (symbol >> 10);
        PlainBlocks.checkEnd(reached - 1);
        if (reached < 64) {
            stand(at + (symbol & 63), found(), reached, tables);
        } else {
            begin(at + (symbol & 63), next, tables);
        }
    }

    /** Begins anew, one bit after something that cannot be a block. */
    void stumble(McuTables tables) {
        begin(bit() + 1, 0, tables);
    }
}
