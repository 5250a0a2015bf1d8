package imagefunctions.jpeg;

import org.jspecify.annotations.Nullable;

/** Decodes the blocks of a sequential scan symbol by symbol, as ITU-T T.81, F.2.2 describes it. */
final class PlainBlocks {
    private final @Nullable HuffmanTable[] dc;
    private final @Nullable HuffmanTable[] ac;

    PlainBlocks(HeaderReader header, Scan scan, int components) {
        dc = new HuffmanTable[components];
        ac = new HuffmanTable[components];
        for (Scan.Part part : scan.parts()) {
            dc[part.component()] = header.dcTable(part.dcTable());
            ac[part.component()] = header.acTable(part.acTable());
        }
    }

    HuffmanTable dc(int component) {
        return known(dc[component]);
    }

    HuffmanTable ac(int component) {
        return known(ac[component]);
    }

    private static HuffmanTable known(@Nullable HuffmanTable table) {
        if (table == null) {
            throw new DamagedJpegException("A component is missing from its scan.");
        }
        return table;
    }

    /** The DC symbol at the top of the word, as {@link FastTables#dcSymbols} holds it (F.2.2.1). */
    static int dcSymbol(long word, HuffmanTable table) {
        int decoded = table.decode(word);
        int entry = decoded < 0 ? 0 : FastTables.dcEntry(decoded);
        if (entry == 0) {
            throw new DamagedJpegException("The entropy-coded data hold a DC code that there is not.");
        }
        return entry;
    }

    /** The next AC symbol, not yet taken, as {@link FastTables#symbols} holds it (F.2.2.2). */
    int acSymbol(BitCursor cursor, int component) {
        return acSymbol(cursor.word(), ac(component));
    }

    static int acSymbol(long word, HuffmanTable table) {
        int decoded = table.decode(word);
        int entry = decoded < 0 ? 0 : FastTables.symbolEntry(decoded);
        if (entry == 0) {
            throw new DamagedJpegException("The entropy-coded data hold an AC code that there is not.");
        }
        return entry;
    }

    /** Skips the rest of a block of which k AC coefficients have been read. */
    void skipAc(BitCursor cursor, int component, int read) {
        int k = read;
        while (k < 63) {
            cursor.refill();
            int entry = acSymbol(cursor, component);
            cursor.skip(entry);
            k += entry >> 10;
        }
        checkEnd(k);
    }

    /** Refuses a block that runs beyond its last coefficient. */
    static void checkEnd(int k) {
        if (k > 63 && k < FastTables.END) {
            throw new DamagedJpegException("The entropy-coded data hold a block of more than 64 coefficients.");
        }
    }
}
