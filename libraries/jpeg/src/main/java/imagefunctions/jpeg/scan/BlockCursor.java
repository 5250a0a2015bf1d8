package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.SkipTable;

/**
 * Moves through a sequential scan from block to block and records the bit at which each begins.
 *
 * <p>Invariant: `offsets[0]` to `offsets[next - 1]` are where blocks begin. `state` is the sum of the entries since the
 * last refill, at `bit`; its bits above the bit count are reset at each block. `order` lists the tables from the next
 * one on. A step has no branch that depends on the image: what follows an end of block is selected by shifts and masks,
 * since a processor would mispredict once per block. This also lets two cursors run interleaved at little more than the
 * cost of one, see {@link BlockScanner}. Each subclass has its own loops, which are fast only where the compiler knows
 * the exact class.
 *
 * @param <C> the subclass
 */
abstract sealed class BlockCursor<C extends BlockCursor<C>> permits SkippingCursor, FlippingCursor {
    final byte[] data;
    final McuTables tables;
    final int[] offsets;
    long word;
    long order;
    int bit;
    int state;
    int next;
    private int base;

    /** Which of two cursors needs the slow path for its next symbol. */
    enum Stuck {
        FIRST,
        SECOND,
        NEITHER
    }

    BlockCursor(byte[] data, McuTables tables, int[] offsets) {
        this.data = data;
        this.tables = tables;
        this.offsets = offsets;
    }

    /** Moves to the position of another cursor over the same data. */
    final void moveTo(BlockCursor<C> other) {
        word = other.word;
        order = other.order;
        bit = other.bit;
        state = other.state;
        next = other.next;
        base = other.base;
    }

    /** Moves to the start of a block. */
    void begin(int newBit, int block) {
        offsets[block] = newBit;
        bit = newBit;
        state = 0;
        next = block + 1;
        base = next - block % tables.blocks();
    }

    /** The number of blocks found. */
    final int found() {
        return next - 1;
    }

    final int bit() {
        return bit + (state & SkipTable.TAKEN);
    }

    /** Makes it possible to find {@link McuTables#BLOCKS_PER_REWIND} blocks before the next call. */
    final void rewind() {
        base = next - (next - base) % tables.blocks();
    }

    /** The order of tables from the next one on. */
    final long nextOrder() {
        return McuTables.begun(tables.order(next - base), state & SkipTable.COEFFICIENTS);
    }

    /** Makes at least 57 bits available, and as many tables as they may need. */
    abstract void refill();

    /** Steps until it has found a number of blocks; false if it needs the slow path first. */
    abstract boolean step(int blocks, int limit);

    /** Steps interleaved with a second cursor, for a number of refills at most. */
    abstract Stuck step(C second, int refills, int limit);

    /**
     * Another cursor over the same data, whose blocks this one can take over by {@link #resync}.
     *
     * @param number from 1, different for each
     */
    abstract C another(int number);

    /** Takes over what another cursor has found from a block on at which both have been, and moves behind it. */
    void resync(C other, int block, int otherBlock, int count) {
        System.arraycopy(other.offsets, otherBlock, offsets, block, count + 1);
        begin(offsets[block + count], block + count);
    }

    /** Processes the next AC symbol, of the coefficient with the zig-zag index. */
    abstract void value(int symbol, int coefficient);

    /** Processes one symbol by the slow path. */
    final void takeSlowPath() {
        rewind();
        refill();
        int c = tables.component(found());
        int read = (state & SkipTable.COEFFICIENTS) / SkipTable.ONE_COEFFICIENT;
        if (read == 0) {
            int symbol = SlowPath.dcSymbol(word, tables.huffman().dc(c).table());
            state += (symbol & 63) + SkipTable.ONE_COEFFICIENT;
        } else {
            int symbol = SlowPath.acSymbol(word, tables.huffman().ac(c).table());
            int reached = read + (symbol >> 10);
            SlowPath.checkEnd(reached - 1);
            value(symbol, reached - 1);
            state += symbol & 63;
            if (reached < 64) {
                state += (symbol >> 10) * SkipTable.ONE_COEFFICIENT;
            } else {
                state &= SkipTable.TAKEN;
                offsets[next++] = bit();
            }
        }
        refill();
    }

    /** Restarts one bit later, after something that cannot be a block. */
    final void skipBit() {
        begin(bit() + 1, 0);
    }
}
