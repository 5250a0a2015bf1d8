package imagefunctions.jpeg.format;

import java.nio.ByteBuffer;
import java.util.List;

/** The index of a file that holds several pictures one behind the other, in an APP2 segment (CIPA DC-007, 5.2). */
final class MultiPicture {
    private static final String NAME = "MPF\0";
    private static final int ENTRIES = 0xB002;
    private static final int ENTRY_LENGTH = 16;

    /** Table 4: of a panorama, or of one scene from several sides or at several times. */
    private static final int MULTI_FRAME = 2;

    private static final int PRIMARY = 3;

    private MultiPicture() {}

    /** How many pictures there are besides previews, gain maps and the like; 1 without an index. */
    static int pictures(byte[] file, List<Segment> segments) {
        return segments.stream()
                .filter(segment -> segment.marker() == Marker.APP2 && segment.holds(NAME, file))
                .findFirst()
                .map(segment -> Ifd.of(file, segment.offset() + NAME.length(), segment.length() - NAME.length()))
                .flatMap(index -> index.bytes(ENTRIES)
                        .map(entries -> pictures(ByteBuffer.wrap(entries).order(index.order()))))
                .orElse(1);
    }

    private static int pictures(ByteBuffer entries) {
        int pictures = 0;
        for (int at = 0; at + ENTRY_LENGTH <= entries.limit(); at += ENTRY_LENGTH) {
            int kind = entries.getInt(at) >> 16 & 0xFF;
            pictures += kind == MULTI_FRAME || kind == PRIMARY ? 1 : 0;
        }
        return Math.max(1, pictures);
    }
}
