package imagefunctions.imaging.jpeg;

/** The skip tables of the blocks of an MCU, one behind the other in one array, and the order in which they are used. */
final class McuTables {
    /** Blocks that a chain may run through before it rewinds. */
    static final int TURNS = 256;

    /** The number of a table, at its place in an index. */
    static final int TABLE = 15 * SkipTable.SIZE;

    /** Places of a block in the order of tables: its beginning, its AC coefficients, and one that is left free. */
    private static final int PLACES = 3;

    private static final int PLACE_BITS = 4;
    private static final int BLOCKS_AHEAD = SkipTable.PER_REFILL + 1;

    private final McuPlan plan;
    private final char[] entries;
    private final long[] orders;
    private final boolean uniform;

    McuTables(McuPlan plan, PlainBlocks plain) {
        this.plan = plan;
        int blocks = plan.blocks();
        int[] tables = new int[blocks];
        int count = 0;
        for (int i = 0; i < blocks; i++) {
            int same = first(plan, plain, i);
            tables[i] = same < i ? tables[same] : count;
            count = Math.max(count, tables[i] + 2);
        }
        uniform = count == 2;
        entries = new char[count * SkipTable.SIZE];
        for (int i = 0; i < blocks; i++) {
            int c = plan.component()[i];
            FastTables ac = plain.ac(c).fast();
            int at = tables[i] * SkipTable.SIZE;
            System.arraycopy(plain.dc(c).fast().start(ac), 0, entries, at, SkipTable.SIZE);
            System.arraycopy(ac.skip(), 0, entries, at + SkipTable.SIZE, SkipTable.SIZE);
        }
        orders = orders(tables);
    }

    /** The order of tables from each block on, given the number of the first of the two tables of each in an MCU. */
    static long[] orders(int[] tables) {
        long[] orders = new long[tables.length + TURNS + 2 * SkipTable.PER_REFILL];
        for (int i = 0; i < orders.length; i++) {
            orders[i] = order(tables, i % tables.length);
        }
        return orders;
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

    private static long order(int[] tables, int from) {
        long order = 0;
        for (int i = BLOCKS_AHEAD - 1; i >= 0; i--) {
            int start = tables[(from + i) % tables.length];
            order = order << (PLACES * PLACE_BITS) | (start + 1) << PLACE_BITS | start;
        }
        return order << SkipTable.BITS;
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

    /**
     * The numbers of the tables for the block and those after it, the first of them at {@link #TABLE}; an entry says
     * by how many bits to shift for the next one.
     */
    long order(int turn) {
        return orders[turn];
    }

    /** The order from the second table of the block on, if it has begun. */
    static long begun(long order, int coefficients) {
        return order >>> (-coefficients >>> 31 << 2);
    }

    /** Blocks after which the tables repeat: two chains at the same bit agree if they agree modulo this. */
    int period() {
        return uniform ? 1 : plan.blocks();
    }
}
