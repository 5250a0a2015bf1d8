package imagefunctions.imaging.pixels;

import imagefunctions.jpeg.format.IccSegments;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An embedded colour profile (ICC.1:2022) with a valid header; its transforms are carried over, not interpreted. */
public final class IccProfile {

    private static final int HEADER = 128;
    private static final int RGB = signature("RGB ");
    private static final int GREY = signature("GRAY");

    private final byte[] bytes;

    private IccProfile(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The profile in these bytes, if its header is valid. */
    public static Optional<IccProfile> of(byte[] bytes) {
        return bytes.length > HEADER + 4
                        && word(bytes, 36) == signature("acsp")
                        && word(bytes, 0) == bytes.length
                        && bytes.length <= IccSegments.MAX_PROFILE
                ? Optional.of(new IccProfile(bytes))
                : Optional.empty();
    }

    /** Whether a greyscale or colour picture needs this profile to be displayed in the right colours. */
    public boolean matters(boolean grey) {
        int space = word(bytes, 16);
        return grey ? space == GREY : space == RGB && !description().startsWith("sRGB");
    }

    /** The JPEG file with this profile inserted after its JFIF segment. */
    public byte[] insertedInto(byte[] jpeg) {
        return IccSegments.inserted(jpeg, bytes);
    }

    /** The description from the desc tag: ASCII in version 2, the first of the UTF-16 strings in version 4. */
    private String description() {
        int count = word(bytes, HEADER);
        for (int tag = HEADER + 4; count > 0 && tag + 12 <= bytes.length; tag += 12, count--) {
            if (word(bytes, tag) == signature("desc")) {
                int at = word(bytes, tag + 4);
                return at < 0 || at > bytes.length - 28 ? "" : text(at);
            }
        }
        return "";
    }

    private String text(int at) {
        if (word(bytes, at) == signature("mluc")) {
            return text(at + (long) word(bytes, at + 24), word(bytes, at + 20), StandardCharsets.UTF_16BE);
        }
        return text(at + 12L, word(bytes, at + 8), StandardCharsets.US_ASCII);
    }

    private String text(long at, int length, Charset charset) {
        return at < 0 || length < 0 || at + length > bytes.length ? "" : new String(bytes, (int) at, length, charset);
    }

    private static int word(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    private static int signature(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).getInt();
    }
}
