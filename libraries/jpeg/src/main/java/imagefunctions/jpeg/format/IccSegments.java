package imagefunctions.jpeg.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An ICC profile in APP2 segments, each with an identifier, its number, the number of segments, and data (ICC.1:2022,
 * B.4).
 */
public final class IccSegments {
    private static final String NAME = "ICC_PROFILE\0";
    private static final int PART_AT = NAME.length() + 2;
    private static final int MAX_PART = AddedSegments.MAX_PAYLOAD - PART_AT;

    /** The most bytes of a profile. */
    public static final int MAX_PROFILE = 255 * MAX_PART;

    private IccSegments() {}

    /** The profile, joined by segment number; the first of two with the same number counts. */
    static Optional<byte[]> profile(byte[] file, List<Segment> segments) {
        Map<Integer, Segment> parts = new TreeMap<>();
        for (Segment segment : segments) {
            if (segment.marker() == Marker.APP2 && segment.length() > PART_AT && segment.holds(NAME, file)) {
                parts.putIfAbsent(Bytes.u8(file, segment.offset() + NAME.length()), segment);
            }
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        for (Segment part : parts.values()) {
            profile.write(file, part.offset() + PART_AT, part.length() - PART_AT);
        }
        return Optional.of(profile.toByteArray());
    }

    /**
     * The file with the profile inserted after its JFIF segment.
     *
     * @param jpeg a file that begins with a JFIF segment without a thumbnail
     * @param profile 1 to {@link #MAX_PROFILE} bytes
     */
    public static byte[] inserted(byte[] jpeg, byte[] profile) {
        if (profile.length < 1 || profile.length > MAX_PROFILE) {
            throw new IllegalArgumentException("A profile of " + profile.length + " bytes does not fit.");
        }
        int parts = Math.ceilDiv(profile.length, MAX_PART);
        AddedSegments segments = new AddedSegments();
        for (int part = 0; part < parts; part++) {
            int start = part * MAX_PART;
            int length = Math.min(MAX_PART, profile.length - start);
            segments.add(
                    Marker.APP2,
                    ByteBuffer.allocate(PART_AT + length)
                            .put(NAME.getBytes(StandardCharsets.US_ASCII))
                            .put((byte) (part + 1))
                            .put((byte) parts)
                            .put(profile, start, length)
                            .array());
        }
        return segments.insertedInto(jpeg);
    }
}
