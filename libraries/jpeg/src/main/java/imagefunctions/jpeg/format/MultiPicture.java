package imagefunctions.jpeg.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A file that holds several pictures one behind the other, by the index in an APP2 segment (CIPA DC-007, 5.2). */
public final class MultiPicture {
    private static final String NAME = "MPF\0";
    private static final int ENTRY_LENGTH = 16;
    private static final int MOST_OTHERS = 8;

    private static final int VERSION = 0xB000;
    private static final int NUMBER_OF_IMAGES = 0xB001;
    private static final int ENTRIES = 0xB002;
    private static final int UNDEFINED = 7;
    private static final int LONG = 4;

    /** Table 4: of a panorama, or of one scene from several sides or at several times. */
    private static final int MULTI_FRAME = 2;

    private static final int PRIMARY = 3;

    /** An entry of the index: the kind of its picture, and where that lies. */
    private record Entry(int kind, long start, long length) {}

    private MultiPicture() {}

    /** How many pictures there are besides previews, gain maps and the like; 1 without an index. */
    static int pictures(byte[] file, List<Segment> segments) {
        long pictures = entries(file, segments).stream()
                .filter(entry -> entry.kind == MULTI_FRAME || entry.kind == PRIMARY)
                .count();
        return (int) Math.max(1, pictures);
    }

    /** The files of the pictures behind the first, copied one by one, as far as they are there. */
    static Stream<byte[]> others(byte[] file, List<Segment> segments) {
        return entries(file, segments).stream()
                .skip(1)
                .limit(MOST_OTHERS)
                .filter(entry -> entry.start > 0 && entry.start + entry.length <= file.length)
                .map(entry -> Arrays.copyOfRange(file, (int) entry.start, (int) (entry.start + entry.length)));
    }

    private static List<Entry> entries(byte[] file, List<Segment> segments) {
        Optional<Segment> segment = segments.stream()
                .filter(each -> each.marker() == Marker.APP2 && each.holds(NAME, file))
                .findFirst();
        if (segment.isEmpty()) {
            return List.of();
        }
        int origin = segment.get().offset() + NAME.length();
        Ifd index = Ifd.of(file, origin, segment.get().end() - origin);
        ByteBuffer bytes =
                ByteBuffer.wrap(index.bytes(ENTRIES).orElse(new byte[0])).order(index.order());
        List<Entry> entries = new ArrayList<>();
        while (bytes.remaining() >= ENTRY_LENGTH) {
            int kind = bytes.getInt() >> 16 & 0xFF;
            long length = Integer.toUnsignedLong(bytes.getInt());
            long start = Integer.toUnsignedLong(bytes.getInt());
            bytes.getInt();
            // The first picture's offset is 0, and those of others count from the index's TIFF header.
            entries.add(new Entry(kind, start == 0 ? 0 : origin + start, length));
        }
        return entries;
    }

    /**
     * A file of two pictures with an index behind the first one's segments.
     *
     * @param jpeg a file that begins with a JFIF segment without a thumbnail
     * @param segments of the first picture
     * @param other the file of the second picture, of no stated kind
     */
    public static byte[] joined(byte[] jpeg, AddedSegments segments, byte[] other) {
        int origin = AddedSegments.JFIF_END + segments.size() + 4 + NAME.length();
        int directory = 8 + 2 + 3 * 12 + 4;
        int length = NAME.length() + directory + 2 * ENTRY_LENGTH;
        int first = jpeg.length + segments.size() + 4 + length;
        ByteBuffer index = ByteBuffer.allocate(length);
        index.put(NAME.getBytes(StandardCharsets.US_ASCII));
        index.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8).putShort((short) 3);
        entry(index, VERSION, UNDEFINED, 4).put("0100".getBytes(StandardCharsets.US_ASCII));
        entry(index, NUMBER_OF_IMAGES, LONG, 1).putInt(2);
        entry(index, ENTRIES, UNDEFINED, 2 * ENTRY_LENGTH).putInt(directory);
        index.putInt(0);
        index.putInt(PRIMARY << 16).putInt(first).putInt(0).putInt(0);
        index.putInt(0).putInt(other.length).putInt(first - origin).putInt(0);
        byte[] whole = segments.add(Marker.APP2, index.array()).insertedInto(jpeg);
        return ByteBuffer.allocate(whole.length + other.length)
                .put(whole)
                .put(other)
                .array();
    }

    private static ByteBuffer entry(ByteBuffer directory, int tag, int type, int count) {
        return directory.putShort((short) tag).putShort((short) type).putInt(count);
    }
}
