package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.SkipTable;
import imagefunctions.jpeg.format.Bytes;

/** A cursor that skips values without looking at them, by {@link SkipTable}s. */
final class SkippingCursor extends BlockCursor<SkippingCursor> {
    private final EntropyData scan;
    private final char[] entries;

    SkippingCursor(EntropyData scan, McuTables tables, int[] offsets) {
        super(scan.data(), tables, offsets);
        this.scan = scan;
        this.entries = tables.skip();
    }

    /** A cursor over the same data. */
    private SkippingCursor(SkippingCursor other, int[] offsets) {
        super(other.data, other.tables, offsets);
        this.scan = other.scan;
        this.entries = other.entries;
    }

    @Override
    SkippingCursor another(int number) {
        return new SkippingCursor(this, scan.numbers(BlockScanner.OFFSETS + number, offsets.length));
    }

    /**
     * A copy of either of two cursors for a hot loop, which must not escape its method; both share the tables of this
     * one.
     */
    private SkippingCursor copy(SkippingCursor either) {
        SkippingCursor copy = new SkippingCursor(this, either.offsets);
        copy.moveTo(either);
        return copy;
    }

    @Override
    void begin(int newBit, int block) {
        super.begin(newBit, block);
        refill();
    }

    @Override
    void refill() {
        bit = bit();
        state &= ~SkipTable.TAKEN;
        word = Bytes.getLong(data, bit >>> 3) << (bit & 7);
        order = nextOrder();
    }

    /**
     * Processes one table entry, at most {@link SkipTable#PER_REFILL} times per refill; false if the slow path is
     * needed.
     */
    private boolean step() {
        int entry = entries[(int) (word >>> (64 - SkipTable.BITS)) | ((int) order & McuTables.TABLE)];
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

    @Override
    void value(int symbol, int coefficient) {
        // Values do not matter here.
    }

    @Override
    boolean step(int blocks, int limit) {
        SkippingCursor cursor = copy(this);
        boolean covered = true;
        while (covered && cursor.found() < blocks && cursor.bit() < limit) {
            cursor.refill();
            for (int i = 0; i < SkipTable.PER_REFILL && covered && cursor.found() < blocks; i++) {
                covered = cursor.step();
            }
        }
        moveTo(cursor);
        return covered;
    }

    @Override
    Stuck step(SkippingCursor second, int refills, int limit) {
        SkippingCursor a = copy(this);
        SkippingCursor b = copy(second);
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
        moveTo(a);
        second.moveTo(b);
        return stuck;
    }
}
