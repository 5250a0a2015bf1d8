package imagefunctions.jpeg.format;

import java.util.Optional;

/**
 * The scans of a file, as far as its marker segments show.
 *
 * @param count number of scan headers
 * @param blocks that decoding passes over: those of all components of a scan, summed up over the scans
 * @param wideSteps whether a quantisation table after the first scan header has 16-bit elements
 * @param ended whether there is an EOI marker
 */
public record Scans(int count, long blocks, boolean wideSteps, boolean ended) {

    static Scans of(byte[] file, Frame frame, Segment firstScan) {
        SegmentReader reader = new SegmentReader(file, firstScan.end());
        int count = 1;
        long blocks = blocks(file, frame, firstScan);
        boolean wideSteps = false;
        for (Optional<Segment> next = reader.next(); next.isPresent(); next = reader.next()) {
            if (next.get().marker() == Marker.SOS) {
                count++;
                blocks += blocks(file, frame, next.get());
            }
            wideSteps |= next.get().marker() == Marker.DQT
                    && QuantisationTable.Definition.all(file, next.get()).stream()
                            .anyMatch(QuantisationTable.Definition::wide);
        }
        return new Scans(count, blocks, wideSteps, reader.ended());
    }

    private static long blocks(byte[] file, Frame frame, Segment scan) {
        int named = scan.length() == 0 ? 0 : Math.min(Bytes.u8(file, scan.offset()), (scan.length() - 1) / 2);
        long blocks = 0;
        for (int i = 0; i < named; i++) {
            int id = Bytes.u8(file, scan.offset() + 1 + 2 * i);
            blocks += frame.components().stream()
                    .filter(component -> component.id() == id)
                    .mapToLong(Component::paddedBlocks)
                    .sum();
        }
        return blocks;
    }
}
