package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.SkipTable;
import imagefunctions.jpeg.format.Bytes;

/** The chain that looks at no values, by {@link SkipTable}s. */
final class SkippingCursor extends BlockCursor<SkippingCursor> {
    private final EntropyData scan;
    private final char[] entries;

    SkippingCursor(EntropyData scan, McuTables tables, int[] offsets) {
        super(scan.data(), tables, offsets);
        this.scan = scan;
        this.entries = tables.skip();
    }

    /** One over the same data. */
    private SkippingCursor(SkippingCursor other, int[] offsets) {
        super(other.data, other.tables, offsets);
        this.scan = other.scan;
        this.entries = other.entries;
    }

    @Override
    SkippingCursor another() {
        return new SkippingCursor(this, scan.numbers(1, offsets.length));
    }

    /** A copy of either of two chains for a hot loop, which must not leave its method; both share what this one reads. */
    private SkippingCursor copy(SkippingCursor either) {
        SkippingCursor copy = new SkippingCursor(this, either.offsets);
        copy.stand(either);
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

    /** Takes one table entry, at most {@link SkipTable#PER_REFILL} times a refill; false if it has to be plain. */
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
        // The symbol has the same length, whatever its value.
    }

    @Override
    boolean step(int blocks, int limit) {
        SkippingCursor chain = copy(this);
        boolean covered = true;
        while (covered && chain.found() < blocks && chain.bit() < limit) {
            chain.refill();
            for (int i = 0; i < SkipTable.PER_REFILL && covered && chain.found() < blocks; i++) {
                covered = chain.step();
            }
        }
        stand(chain);
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
        stand(a);
        second.stand(b);
        return stuck;
    }
}
