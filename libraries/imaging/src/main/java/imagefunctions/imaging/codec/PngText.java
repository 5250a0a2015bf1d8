package imagefunctions.imaging.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One of PNG's chunks that have a keyword: iCCP, tEXt, zTXt or iTXt (PNG, 11.3.2 and 11.3.3).
 *
 * @param chunk its name
 * @param rest what stands behind the keyword
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record PngText(String chunk, String keyword, byte[] rest) {

    private static final int MAX_CONTENT = 4 << 20;
    private static final int PIECE = 8192;

    static PngText of(String chunk, byte[] data) {
        int end = end(data, 0);
        String keyword = new String(data, 0, end, StandardCharsets.ISO_8859_1);
        return new PngText(chunk, keyword, Arrays.copyOfRange(data, Math.min(end + 1, data.length), data.length));
    }

    /** The content, decompressed if it is compressed; empty if it is broken or too large. */
    Optional<byte[]> content() {
        return switch (chunk) {
            case "tEXt" -> plain(0);
            case "zTXt", "iCCP" -> inflated(1);
            default -> international();
        };
    }

    /** Whether it is compressed, the method, the language and the keyword translated stand before the text. */
    private Optional<byte[]> international() {
        int text = end(rest, end(rest, 2) + 1) + 1;
        if (text > rest.length) {
            return Optional.empty();
        }
        return rest[0] == 0 ? plain(text) : inflated(text);
    }

    private static int end(byte[] data, int from) {
        int end = Math.min(from, data.length);
        while (end < data.length && data[end] != 0) {
            end++;
        }
        return end;
    }

    private Optional<byte[]> plain(int from) {
        return rest.length - from > MAX_CONTENT
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(rest, from, rest.length));
    }

    private Optional<byte[]> inflated(int from) {
        if (from > rest.length) {
            return Optional.empty();
        }
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(rest, from, rest.length - from);
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] piece = new byte[PIECE];
            for (int length = inflater.inflate(piece); length > 0; length = inflater.inflate(piece)) {
                content.write(piece, 0, length);
                if (content.size() > MAX_CONTENT) {
                    return Optional.empty();
                }
            }
            return Optional.of(content.toByteArray());
        } catch (DataFormatException e) {
            return Optional.empty();
        }
    }

    /** ImageMagick's way to keep a block of another format: a name, the number of bytes, and these in hexadecimal. */
    Optional<byte[]> rawProfile() {
        return content().flatMap(PngText::hexadecimal);
    }

    private static Optional<byte[]> hexadecimal(byte[] content) {
        String digits = new String(content, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isBlank())
                .skip(2)
                .collect(Collectors.joining())
                .replaceAll("\\s", "");
        try {
            return Optional.of(digits).filter(text -> !text.isEmpty()).map(HexFormat.of()::parseHex);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
