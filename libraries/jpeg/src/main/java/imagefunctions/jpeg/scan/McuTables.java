package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.EntropyData;
import imagefunctions.jpeg.entropy.FlipTable;
import imagefunctions.jpeg.entropy.HuffmanLookup;
import imagefunctions.jpeg.entropy.SkipTable;
import java.util.stream.IntStream;

/**
 * The look-up tables of a scan, one after the other in one array, and the order in which the blocks of an MCU use them.
 */
final class McuTables {
    /** Blocks that a cursor may pass before it rewinds. */
    static final int BLOCKS_PER_REWIND = 256;

    /** Mask of the number of a table in an index into the array. */
    static final int TABLE = 15 * SkipTable.SIZE;

    /** Slots of a block in the order of tables: its start, its AC coefficients, and an unused one. */
    private static final int SLOTS = 3;

    private static final int SLOT_BITS = 4;
    private static final int BLOCKS_AHEAD = SkipTable.PER_REFILL + 1;

    private final McuLayout layout;
    private final ScanTables huffman;
    private final boolean[] wanted;
    private final int[] discarded;
    private final int[] tables;

    /** The first block of the MCU for each pair of tables. */
    private final int[] firsts;

    private final int count;
    private final long[] orders;

    /**
     * Works out the order.
     *
     * @param wanted by component of the frame, whether {@link #decode} decodes its coefficients
     * @param discarded by component, the bits of the AC values that it leaves out, as far as there are such tables
     */
    McuTables(McuLayout layout, ScanTables huffman, boolean[] wanted, int[] discarded) {
        this.layout = layout;
        this.huffman = huffman;
        this.wanted = wanted;
        this.discarded = discarded;
        int blocks = layout.blocks();
        tables = new int[blocks];
        firsts = IntStream.range(0, blocks).filter(i -> first(i) == i).toArray();
        for (int pair = 0; pair < firsts.length; pair++) {
            tables[firsts[pair]] = 2 * pair;
        }
        for (int i = 0; i < blocks; i++) {
            tables[i] = tables[first(i)];
        }
        count = 2 * firsts.length;
        orders = new long[blocks + BLOCKS_PER_REWIND + 2 * SkipTable.PER_REFILL];
        for (int i = 0; i < orders.length; i++) {
            orders[i] = i < blocks ? order(tables, i) : orders[i - blocks];
        }
    }

    /** The first block of the MCU that uses the same two tables. */
    private int first(int block) {
        int c = component(block);
        for (int i = 0; i < block; i++) {
            int d = component(i);
            if (wanted[c] == wanted[d]
                    && discarded[c] == discarded[d]
                    && huffman.dc(c).equals(huffman.dc(d))
                    && huffman.ac(c).equals(huffman.ac(d))) {
                return i;
            }
        }
        return block;
    }

    private static long order(int[] tables, int from) {
        long order = 0;
        for (int i = BLOCKS_AHEAD - 1; i >= 0; i--) {
            int start = tables[(from + i) % tables.length];
            order = order << (SLOTS * SLOT_BITS) | (start + 1) << SLOT_BITS | start;
        }
        return order << SkipTable.BITS;
    }

    /** All {@link SkipTable}s, by number. */
    char[] skip() {
        char[] entries = new char[count * SkipTable.SIZE];
        for (int i : firsts) {
            HuffmanLookup ac = huffman.ac(component(i));
            char[] start = huffman.dc(component(i)).start(ac);
            System.arraycopy(start, 0, entries, tables[i] * SkipTable.SIZE, SkipTable.SIZE);
            System.arraycopy(ac.skip(), 0, entries, (tables[i] + 1) * SkipTable.SIZE, SkipTable.SIZE);
        }
        return entries;
    }

    /** All {@link FlipTable}s, by number, in a reusable array. */
    long[] flip(EntropyData scan) {
        long[] entries = scan.entries(count * SkipTable.SIZE);
        for (int i : firsts) {
            HuffmanLookup ac = huffman.ac(component(i));
            put(entries, i, huffman.dc(component(i)).flipStart(ac), ac.flip());
        }
        return entries;
    }

    /** The same of {@code DecodingTable}s, and of those that decode nothing for components that are not needed. */
    long[] decode(EntropyData scan) {
        long[] entries = scan.entries(count * SkipTable.SIZE);
        for (int i : firsts) {
            HuffmanLookup dc = huffman.dc(component(i));
            HuffmanLookup ac = huffman.ac(component(i));
            int without = wanted(i)
                    ? Math.min(discarded[component(i)], HuffmanLookup.MAX_DISCARDED)
                    : HuffmanLookup.ALL_DISCARDED;
            put(entries, i, dc.decodeStart(ac, without), ac.decode(without));
        }
        return entries;
    }

    private void put(long[] entries, int block, long[] start, long[] rest) {
        System.arraycopy(start, 0, entries, tables[block] * SkipTable.SIZE, SkipTable.SIZE);
        System.arraycopy(rest, 0, entries, (tables[block] + 1) * SkipTable.SIZE, SkipTable.SIZE);
    }

    boolean wanted(int block) {
        return wanted[component(block)];
    }

    ScanTables huffman() {
        return huffman;
    }

    int blocks() {
        return layout.blocks();
    }

    int component(int block) {
        return layout.component()[block % layout.blocks()];
    }

    /**
     * The numbers of the tables for a block and those after it, the first in the bits of {@link #TABLE}; a table entry
     * gives the shift to the next one.
     */
    long order(int transform) {
        return orders[transform];
    }

    /** The order from the second table of a block on, if the block has begun. */
    static long begun(long order, int coefficients) {
        return order >>> (-coefficients >>> 31 << 2);
    }

    /**
     * The number of blocks after which tables repeat: cursors at the same bit are in sync if their blocks are equal
     * modulo this.
     */
    int period() {
        return count == 2 ? 1 : layout.blocks();
    }
}
