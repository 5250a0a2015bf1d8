package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.FlipTable;
import imagefunctions.jpeg.entropy.SkipTable;
import imagefunctions.jpeg.format.Bytes;

/**
 * A cursor that also writes a copy of the scan with the signs of some coefficients flipped, by {@link FlipTable}s.
 *
 * <p>Invariant: a negative value is coded as the complement of its magnitude (ITU-T T.81, F.1.2.1), so that bits change
 * but none moves. `bit` is the first of a byte, and `flips` has a one for each bit from there on that has been
 * processed and changes. A refill writes the eight bytes at `bit`; those not yet processed are written again by the
 * next one. Loops never read what they have written, which would make them wait for it.
 */
final class FlippingCursor extends BlockCursor<FlippingCursor> {
    private static final int WHOLE_BYTES = SkipTable.TAKEN & ~7;

    private final EntropyData scan;
    private final long[] entries;

    /** The coefficients whose signs flip, one bit each, from the top. */
    private final long negated;

    private final byte[] flipped;
    private long flips;

    /** A cursor that flips the signs of the coefficients whose zig-zag index has a bit. */
    FlippingCursor(EntropyData scan, McuTables tables, int[] offsets, long negated) {
        super(scan.data(), tables, offsets);
        this.scan = scan;
        this.entries = tables.flip(scan);
        this.negated = Long.reverse(negated);
        this.flipped = scan.spare(0);
    }

    /** A cursor over the same data that writes to another array. */
    private FlippingCursor(FlippingCursor other, int[] offsets, byte[] flipped) {
        super(other.data, other.tables, offsets);
        this.scan = other.scan;
        this.entries = other.entries;
        this.negated = other.negated;
        this.flipped = flipped;
    }

    @Override
    FlippingCursor another(int number) {
        return new FlippingCursor(
                this, scan.numbers(BlockScanner.OFFSETS + number, offsets.length), scan.spare(number));
    }

    /**
     * A copy of either of two cursors for a hot loop, which must not escape its method; both share the tables of this
     * one.
     */
    private FlippingCursor copy(FlippingCursor either) {
        FlippingCursor copy = new FlippingCursor(this, either.offsets, either.flipped);
        copy.set(either);
        return copy;
    }

    private void set(FlippingCursor other) {
        moveTo(other);
        flips = other.flips;
    }

    /** The copy of the data, valid from where the cursor began to the last refill. */
    byte[] flipped() {
        return flipped;
    }

    @Override
    void begin(int newBit, int block) {
        super.begin(newBit & ~7, block);
        offsets[block] = newBit;
        state = newBit & 7;
        flips = (long) (flipped[bit >>> 3] ^ data[bit >>> 3]) << 56 & ~(-1L >>> state);
        refill();
    }

    @Override
    void refill() {
        Bytes.putLong(flipped, bit >>> 3, Bytes.getLong(data, bit >>> 3) ^ flips);
        int whole = state & WHOLE_BYTES;
        flips <<= whole;
        bit += whole;
        state &= ~WHOLE_BYTES;
        word = Bytes.getLong(data, bit >>> 3) << state;
        order = nextOrder();
    }

    /**
     * Processes one table entry, at most {@link SkipTable#PER_REFILL} times per refill; false if the slow path is
     * needed.
     */
    private boolean step() {
        long entry = entries[(int) (word >>> (64 - SkipTable.BITS)) | ((int) order & McuTables.TABLE)];
        int sum = state + (int) entry;
        if ((sum & SkipTable.OVERRUN) != 0) {
            return false;
        }
        long signs = negated << (state >>> SkipTable.COEFFICIENTS_AT);
        long first = FlipTable.FIRST & entry << FlipTable.FIRST_UP & sign(signs, entry >>> FlipTable.FIRST_AT);
        long second = FlipTable.SECOND & entry & sign(signs, entry >>> FlipTable.SECOND_AT);
        flips |= (first | second) >>> state;
        word <<= entry;
        order >>>= (int) entry >>> SkipTable.MOVE_AT;
        offsets[next] = bit + (sum & SkipTable.TAKEN);
        int ended = (int) (entry >>> FlipTable.END_AT);
        next += ended;
        state = sum & (ended - 1 | SkipTable.TAKEN);
        return true;
    }

    /** All ones if the coefficient's sign flips, else 0. */
    private static long sign(long signs, long coefficient) {
        return signs << coefficient >> 63;
    }

    @Override
    void value(int symbol, int coefficient) {
        long bits = ((1L << (symbol >> 6 & 15)) - 1) << -(symbol & 63);
        flips |= (bits & sign(negated, coefficient)) >>> state;
    }

    @Override
    void resync(FlippingCursor other, int block, int otherBlock, int count) {
        refill();
        other.refill();
        int from = offsets[block];
        int at = from >>> 3;
        int own = 0xFF00 >>> (from & 7);
        int shared = (flipped[at] & own) | (other.flipped[at] & ~own);
        System.arraycopy(other.flipped, at, flipped, at, (other.offsets[otherBlock + count] >>> 3) + 1 - at);
        flipped[at] = (byte) shared;
        super.resync(other, block, otherBlock, count);
    }

    @Override
    boolean step(int blocks, int limit) {
        FlippingCursor cursor = copy(this);
        boolean covered = true;
        while (covered && cursor.found() < blocks && cursor.bit() < limit) {
            cursor.refill();
            for (int i = 0; i < SkipTable.PER_REFILL && covered && cursor.found() < blocks; i++) {
                covered = cursor.step();
            }
        }
        set(cursor);
        return covered;
    }

    @Override
    Stuck step(FlippingCursor second, int refills, int limit) {
        FlippingCursor a = copy(this);
        FlippingCursor b = copy(second);
        Stuck stuck = Stuck.NEITHER;
        for (int refill = 0; refill < refills && stuck == Stuck.NEITHER; refill++) {
            if (a.bit() >= limit || b.bit() >= limit) {
                break;
            }
            a.refill();
            b.refill();
            for (int i = 0; i < SkipTable.PER_REFILL; i++) {
                if (!a.step()) {
                    stuck = Stuck.FIRST;
                    break;
                }
                if (!b.step()) {
                    stuck = Stuck.SECOND;
                    break;
                }
            }
        }
        set(a);
        second.set(b);
        return stuck;
    }
}
