package imagefunctions.jpeg.format;

import java.util.Optional;

/**
 * Iterates over marker segments (ITU-T T.81, annex B); it skips stray and fill bytes, entropy-coded data and markers
 * without a segment.
 */
final class SegmentReader {
    private final byte[] file;
    private int at;
    private boolean ended;
    private boolean truncated;

    SegmentReader(byte[] file, int start) {
        this.file = file;
        this.at = start;
    }

    /** The next segment; empty at the EOI marker, at the end of the file, and at a truncated segment. */
    Optional<Segment> next() {
        while (!ended && !truncated) {
            while (at + 1 < file.length && (file[at] != -1 || file[at + 1] == -1)) {
                at++;
            }
            if (at + 1 >= file.length) {
                return Optional.empty();
            }
            int marker = Bytes.u8(file, at + 1);
            if (Marker.standsAlone(marker)) {
                at += 2;
                continue;
            }
            ended = marker == Marker.EOI;
            if (ended || at + 3 >= file.length) {
                return Optional.empty();
            }
            Segment segment = new Segment(marker, at + 4, Bytes.u16(file, at + 2) - 2);
            truncated = segment.length() < 0 || segment.end() > file.length;
            if (!truncated) {
                at = segment.end();
                return Optional.of(segment);
            }
        }
        return Optional.empty();
    }

    /** The offset of the EOI marker if it has reached that; behind all that was read. */
    int position() {
        return at;
    }

    /** Whether it has reached the EOI marker. */
    boolean ended() {
        return ended;
    }

    /** Whether it has reached a segment that the end of the file truncates. */
    boolean truncated() {
        return truncated;
    }
}
