package imagefunctions.jpeg.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Marker segments that are put into a file that {@code JpegEngine} or libjpeg has written, behind its JFIF segment. */
public final class AddedSegments {

    /** The most bytes of a payload. */
    static final int MAX_PAYLOAD = 0xFFFF - 2;

    /** Where the JFIF segment ends. */
    static final int JFIF_END = 20;

    private final ByteArrayOutputStream segments = new ByteArrayOutputStream();

    /** Adds a segment behind those that were added before. */
    public AddedSegments add(int marker, byte[] payload) {
        if (payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("A segment of " + payload.length + " bytes is too long.");
        }
        segments.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) (0xFF00 | marker))
                .putShort((short) (2 + payload.length))
                .array());
        segments.writeBytes(payload);
        return this;
    }

    /** How many bytes they take, with their markers. */
    int size() {
        return segments.size();
    }

    /**
     * The file with the segments in it.
     *
     * @param jpeg a file that begins with a JFIF segment without a thumbnail
     */
    public byte[] insertedInto(byte[] jpeg) {
        if (size() == 0) {
            return jpeg;
        }
        return ByteBuffer.allocate(jpeg.length + segments.size())
                .put(jpeg, 0, JFIF_END)
                .put(segments.toByteArray())
                .put(jpeg, JFIF_END, jpeg.length - JFIF_END)
                .array();
    }
}
