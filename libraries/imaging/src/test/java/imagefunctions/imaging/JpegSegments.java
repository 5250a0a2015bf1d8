package imagefunctions.imaging;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The segments of a JPEG file before its first scan, strictly by ITU-T T.81. */
record JpegSegments(List<Segment> segments) {

    /** A marker's second byte and the content after the length. */
    record Segment(int marker, List<Byte> content) {

        int at(int index) {
            return content.get(index) & 0xFF;
        }
    }

    static JpegSegments of(byte[] file) {
        List<Segment> segments = new ArrayList<>();
        int at = 2;
        int marker;
        do {
            marker = file[at + 1] & 0xFF;
            int length = (file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF);
            List<Byte> content = new ArrayList<>();
            for (int i = at + 4; i < at + 2 + length; i++) {
                content.add(file[i]);
            }
            segments.add(new Segment(marker, content));
            at += 2 + length;
        } while (marker != 0xDA);
        return new JpegSegments(segments);
    }

    List<Integer> markers() {
        return segments.stream().map(Segment::marker).toList();
    }

    List<Segment> all(int marker) {
        return segments.stream().filter(segment -> segment.marker() == marker).toList();
    }

    private Segment frame() {
        return all(0xC0).getFirst();
    }

    /** The sampling factors of each component, such as 2x2. */
    List<String> sampling() {
        return IntStream.range(0, frame().at(5))
                .map(i -> frame().at(7 + 3 * i))
                .mapToObj(factors -> (factors >> 4) + "x" + (factors & 15))
                .toList();
    }

    /** The quantisation table of each component, in zigzag order as stored. */
    List<List<Byte>> tables() {
        return IntStream.range(0, frame().at(5))
                .map(i -> frame().at(8 + 3 * i))
                .mapToObj(this::table)
                .toList();
    }

    private List<Byte> table(int slot) {
        for (Segment segment : all(0xDB)) {
            for (int at = 0; at < segment.content().size(); at += 65) {
                if (segment.at(at) == slot) {
                    return segment.content().subList(at + 1, at + 65);
                }
            }
        }
        throw new AssertionError("No 8-bit table " + slot);
    }

    /** The file with a segment inserted after SOI. */
    static byte[] with(byte[] file, int marker, byte[] content) {
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        int length = content.length + 2;
        longer.writeBytes(Arrays.copyOf(file, 2));
        longer.writeBytes(new byte[] {(byte) 0xFF, (byte) marker, (byte) (length >> 8), (byte) length});
        longer.writeBytes(content);
        longer.writeBytes(Arrays.copyOfRange(file, 2, file.length));
        return longer.toByteArray();
    }

    /** The file without the segments with this marker. */
    static byte[] without(byte[] file, int marker) {
        ByteArrayOutputStream shorter = new ByteArrayOutputStream();
        shorter.writeBytes(Arrays.copyOf(file, 2));
        int at = 2;
        while ((file[at + 1] & 0xFF) != 0xDA) {
            int end = at + 2 + ((file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF));
            if ((file[at + 1] & 0xFF) != marker) {
                shorter.write(file, at, end - at);
            }
            at = end;
        }
        shorter.write(file, at, file.length - at);
        return shorter.toByteArray();
    }
}
