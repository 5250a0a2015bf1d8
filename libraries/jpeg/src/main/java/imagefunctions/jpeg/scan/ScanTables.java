package imagefunctions.jpeg.scan;

import imagefunctions.jpeg.entropy.HuffmanLookup;
import imagefunctions.jpeg.format.DamagedJpegException;
import imagefunctions.jpeg.format.Scan;
import imagefunctions.jpeg.format.ScanReader;
import org.jspecify.annotations.Nullable;

/** The Huffman tables that a sequential scan uses, by component of the frame. */
public final class ScanTables {
    private final @Nullable HuffmanLookup[] dc;
    private final @Nullable HuffmanLookup[] ac;

    public ScanTables(ScanReader scans, Scan scan, int components) {
        dc = new HuffmanLookup[components];
        ac = new HuffmanLookup[components];
        for (Scan.Part part : scan.parts()) {
            dc[part.component()] = HuffmanLookup.of(scans.dcTable(part.dcTable()));
            ac[part.component()] = HuffmanLookup.of(scans.acTable(part.acTable()));
        }
    }

    HuffmanLookup dc(int component) {
        return known(dc[component]);
    }

    HuffmanLookup ac(int component) {
        return known(ac[component]);
    }

    private static HuffmanLookup known(@Nullable HuffmanLookup lookup) {
        if (lookup == null) {
            throw new DamagedJpegException("A component is missing from its scan.");
        }
        return lookup;
    }
}
