package imagefunctions.imaging.jpeg;

/** The skip tables of the blocks of an MCU, one behind the other in one array. */
final class McuTables {
    /** Blocks that a chain may run through before it rewinds. */
    static final int TURNS = 256;

    private static final int SIZE = 1 << FastTables.SKIP_BITS;

    private final McuPlan plan;
    private final char[] entries;
    private final int[] starts;
    private final int[] following;
    private final boolean uniform;

    McuTables(McuPlan plan, PlainBlocks plain) {
        this.plan = plan;
        int blocks = plan.blocks();
        starts = new int[blocks];
        int kinds = 0;
        for (int i = 0; i < blocks; i++) {
            int same = first(plan, plain, i);
            starts[i] = same < i ? starts[same] : 2 * SIZE * kinds++;
        }
        uniform = kinds == 1;
        entries = new char[2 * SIZE * kinds];
        for (int i = 0; i < blocks; i++) {
            int c = plan.component()[i];
            FastTables ac = plain.ac(c).fast();
            System.arraycopy(plain.dc(c).fast().start(ac), 0, entries, starts[i], SIZE);
            System.arraycopy(ac.skip(), 0, entries, starts[i] + SIZE, SIZE);
        }
        following = new int[blocks + TURNS + 2 * FastTables.SKIPS_PER_REFILL];
        for (int i = 0; i < following.length; i++) {
            following[i] = starts[i % blocks] + SIZE | starts[(i + 1) % blocks] << 16;
        }
    }

    /** The first block of the MCU that is coded with the same two tables. */
    private static int first(McuPlan plan, PlainBlocks plain, int block) {
        int c = plan.component()[block];
        for (int i = 0; i < block; i++) {
            int d = plan.component()[i];
            if (plain.dc(c).equals(plain.dc(d)) && plain.ac(c).equals(plain.ac(d))) {
                return i;
            }
        }
        return block;
    }

    int blocks() {
        return plan.blocks();
    }

    int component(int block) {
        return plan.component()[block % plan.blocks()];
    }

    char entry(int index) {
        return entries[index];
    }

    /** Where the table for the beginning of an MCU's block lies. */
    int start(int block) {
        return starts[block];
    }

    /** Where to look after an entry of the block: its AC table (low half), the next block's beginning (high half). */
    int following(int turn) {
        return following[turn];
    }

    /** Blocks after which the tables repeat: two chains at the same bit agree if they agree modulo this. */
    int period() {
        return uniform ? 1 : plan.blocks();
    }
}
