package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.HuffmanLookup;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.HuffmanTable;

/** The slow path of sequential scans: decodes single symbols bit by bit (ITU-T T.81, F.2.2). */
final class SlowPath {
    private SlowPath() {}

    /** The DC symbol at the top of the word, as {@link HuffmanLookup#dcSymbols} holds it (F.2.2.1). */
    static int dcSymbol(long word, HuffmanTable table) {
        int decoded = table.decode(word);
        int entry = decoded < 0 ? 0 : HuffmanLookup.dcEntry(decoded);
        if (entry == 0) {
            throw new DamagedJpegException("The entropy-coded data hold a DC code that there is not.");
        }
        return entry;
    }

    /** The AC symbol at the top of the word, as {@link HuffmanLookup#symbols} holds it (F.2.2.2). */
    static int acSymbol(long word, HuffmanTable table) {
        int decoded = table.decode(word);
        int entry = decoded < 0 ? 0 : HuffmanLookup.symbolEntry(decoded);
        if (entry == 0) {
            throw new DamagedJpegException("The entropy-coded data hold an AC code that there is not.");
        }
        return entry;
    }

    /** Rejects a block that runs past its last coefficient. */
    static void checkEnd(int k) {
        if (k > 63 && k < HuffmanLookup.END) {
            throw new DamagedJpegException("The entropy-coded data hold a block of more than 64 coefficients.");
        }
    }
}
