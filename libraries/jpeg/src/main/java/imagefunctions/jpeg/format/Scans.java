package imagefunctions.jpeg.format;

import java.util.Optional;

/**
 * What follows a file's header, as far as its marker segments tell.
 *
 * @param count how many scans begin, the first one included
 * @param wideSteps whether a quantisation table behind the first scan's header is stored in 16 bits
 * @param ended whether an end marker follows the last scan
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
