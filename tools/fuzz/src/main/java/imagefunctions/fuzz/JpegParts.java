package imagefunctions.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A JPEG file taken apart: its marker segments, each with what stands between it and the next marker. */
final class JpegParts {
    static final int SOI = 0xD8;
    static final int SOS = 0xDA;
    private static final int EOI = 0xD9;

    private JpegParts() {}

    /**
     * A marker segment.
     *
     * @param marker its second byte
     * @param payload what its length counts, without the length
     * @param data entropy-coded bytes, or junk, behind it
     */
    @SuppressWarnings("ArrayRecordComponent") // moved about, never compared
    record Part(int marker, byte[] payload, byte[] data) {}

    static List<Part> split(byte[] file) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at + 1 < file.length) {
            if (file[at] != -1 || !begins(file[at + 1] & 0xFF)) {
                at++;
                continue;
            }
            int marker = file[at + 1] & 0xFF;
            int payload = at + 2;
            boolean bare = marker == SOI || marker == EOI || payload + 1 >= file.length;
            int length = bare ? 0 : (file[payload] & 0xFF) << 8 | (file[payload + 1] & 0xFF);
            int data = Math.min(file.length, payload + Math.max(length, bare ? 0 : 2));
            int end = data;
            while (end < file.length && !(file[end] == -1 && end + 1 < file.length && begins(file[end + 1] & 0xFF))) {
                end++;
            }
            byte[] inside = bare ? new byte[0] : Arrays.copyOfRange(file, Math.min(payload + 2, data), data);
            parts.add(new Part(marker, inside, Arrays.copyOfRange(file, data, end)));
            at = end;
        }
        return parts;
    }

    /** Whether a marker begins a segment, rather than being stuffed, filled or a restart. */
    private static boolean begins(int marker) {
        return marker >= 0xC0 && marker < 0xFF && !(marker >= 0xD0 && marker <= 0xD7);
    }

    static byte[] join(List<Part> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : parts) {
            out.write(0xFF);
            out.write(part.marker());
            if (part.marker() != SOI && part.marker() != EOI) {
                int length = part.payload().length + 2;
                out.write(length >> 8);
                out.write(length);
                out.writeBytes(part.payload());
            }
            out.writeBytes(part.data());
        }
        return out.toByteArray();
    }
}
