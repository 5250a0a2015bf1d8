package imagefunctions.jpeg.format;

import java.util.Optional;

/**
 * The scans of a file, as far as its marker segments show.
 *
 * @param count number of scan headers
 * @param wideSteps whether a quantisation table after the first scan header has 16-bit elements
 * @param ended whether there is an EOI marker
 */
public record Scans(int count, boolean wideSteps, boolean ended) {

    static Scans of(byte[] file, int firstScanData) {
        SegmentReader reader = new SegmentReader(file, firstScanData);
        int count = 1;
        boolean wideSteps = false;
        for (Optional<Segment> next = reader.next(); next.isPresent(); next = reader.next()) {
            count += next.get().marker() == Marker.SOS ? 1 : 0;
            wideSteps |= next.get().marker() == Marker.DQT
                    && QuantisationTable.Definition.all(file, next.get()).stream()
                            .anyMatch(QuantisationTable.Definition::wide);
        }
        return new Scans(count, wideSteps, reader.ended());
    }
}
