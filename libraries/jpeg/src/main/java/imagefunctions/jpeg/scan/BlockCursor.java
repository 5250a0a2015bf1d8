package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.SkipTable;

/**
 * Runs through a sequential scan from block to block and notes at which bit each begins.
 *
 * <p>Invariant: `offsets[0]` to `offsets[next - 1]` are where blocks begin. `state` is the sum of the entries taken since
 * the last refill, at `bit`, except that what is above the taken bits begins anew with each block. `order` names the
 * tables from the next one on. A step has no branch that depends on the picture: what follows an end of block is chosen
 * by shifts and masks, since a processor would guess it wrong once a block. That also lets two chains run interleaved at
 * little more than the cost of one, see {@link BlockScanner}. Each kind has the loops over its steps in its own file, since
 * they are fast only where the compiler knows which kind it is.
 *
 * @param <C> the chain's own kind
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

    /** Which of two chains has come to a symbol that no table covers. */
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

    /** Stands where another chain over the same data stands. */
    final void stand(BlockCursor<C> other) {
        word = other.word;
        order = other.order;
        bit = other.bit;
        state = other.state;
        next = other.next;
        base = other.base;
    }

    /** Stands before a block. */
    void begin(int newBit, int block) {
        offsets[block] = newBit;
        bit = newBit;
        state = 0;
        next = block + 1;
        base = next - block % tables.blocks();
    }

    /** Blocks found so far. */
    final int found() {
        return next - 1;
    }

    final int bit() {
        return bit + (state & SkipTable.TAKEN);
    }

    /** Makes {@link McuTables#TURNS} blocks possible before the next call. */
    final void rewind() {
        base = next - (next - base) % tables.blocks();
    }

    /** The tables from the next one on. */
    final long nextOrder() {
        return McuTables.begun(tables.order(next - base), state & SkipTable.COEFFICIENTS);
    }

    /** Makes at least 57 bits available, and as many tables as they can need. */
    abstract void refill();

    /** Steps alone, to so many blocks; false if it has come to a symbol that no table covers. */
    abstract boolean step(int blocks, int limit);

    /** Steps in turns with a second chain, through so many refills at most. */
    abstract Stuck step(C second, int refills, int limit);

    /** Another chain over the same data, to be joined to this one, which has to begin somewhere first. */
    abstract C another();

    /** Takes what another chain has found, on from a block before which both have stood; stands behind it. */
    void join(C other, int block, int otherBlock, int count) {
        System.arraycopy(other.offsets, otherBlock, offsets, block, count + 1);
        begin(offsets[block + count], block + count);
    }

    /** Takes the AC symbol that comes next, of the coefficient with the zig-zag index. */
    abstract void value(int symbol, int coefficient);

    /** Takes one symbol as ITU-T T.81, F.2.2 describes it. */
    final void takePlainly() {
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

    /** Begins anew, one bit after something that cannot be a block. */
    final void stumble() {
        begin(bit() + 1, 0);
    }
}
