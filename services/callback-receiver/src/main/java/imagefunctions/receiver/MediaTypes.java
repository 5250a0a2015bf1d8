package imagefunctions.receiver;

import imagefunctions.imagetype.ImageType;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the type of a message in its first bytes, never in what its sender says. */
final class MediaTypes {
    /** As many bytes as are looked at. */
    static final int START = 512;

    static final String BINARY = "application/octet-stream";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";

    private MediaTypes() {}

    /** The type, by at least {@link #START} bytes or all there are. */
    static String of(byte[] start) {
        Optional<ImageType> image = ImageType.ofAnyFile(start);
        if (image.isPresent()) {
            return image.get().mediaType();
        }
        if (!isText(start)) {
            return BINARY;
        }
        String text = new String(start, StandardCharsets.UTF_8).stripLeading();
        return text.startsWith("{") || text.startsWith("[") ? JSON : TEXT;
    }

    /** UTF-8 without control characters; a character that the end cuts in two does not count against it. */
    private static boolean isText(byte[] start) {
        for (byte b : start) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                return false;
            }
        }
        CharsetDecoder utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = utf8.decode(ByteBuffer.wrap(start), CharBuffer.allocate(start.length), false);
        return !result.isError();
    }
}
