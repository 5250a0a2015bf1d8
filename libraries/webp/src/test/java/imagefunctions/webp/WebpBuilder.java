package imagefunctions.webp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts WebP files together from chunks. */
final class WebpBuilder {
    static final int ANIMATION = 2;
    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();

    static byte[] simple(String name, byte[] data) {
        return new WebpBuilder().chunk(name, data).file();
    }

    WebpBuilder chunk(String name, byte[] data) {
        chunks.writeBytes(bytes(name, data));
        return this;
    }

    WebpBuilder canvas(int flags, int width, int height) {
        byte[] data = numbers(0, 0, width - 1, height - 1);
        data[2] = (byte) flags;
        return chunk("VP8X", Arrays.copyOfRange(data, 2, 12));
    }

    /** A frame of an animation with these chunks in it. */
    WebpBuilder frame(int left, int top, int width, int height, byte[] inside) {
        byte[] data = Arrays.copyOf(numbers(left / 2, top / 2, width - 1, height - 1, 100), 16 + inside.length);
        System.arraycopy(inside, 0, data, 16, inside.length);
        return chunk("ANMF", data);
    }

    byte[] file() {
        byte[] content = chunks.toByteArray();
        ByteBuffer file = ByteBuffer.allocate(12 + content.length).order(ByteOrder.LITTLE_ENDIAN);
        return file.put(ascii("RIFF"))
                .putInt(4 + content.length)
                .put(ascii("WEBP"))
                .put(content)
                .array();
    }

    static byte[] bytes(String name, byte[] data) {
        ByteBuffer chunk =
                ByteBuffer.allocate(8 + data.length + (data.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        return chunk.put(ascii(name)).putInt(data.length).put(data).array();
    }

    /** The data of a simple file's only chunk. */
    static byte[] bitstream(byte[] simple) {
        int length = ByteBuffer.wrap(simple).order(ByteOrder.LITTLE_ENDIAN).getInt(16);
        return Arrays.copyOfRange(simple, 20, 20 + length);
    }

    /** Numbers of 24 bits each. */
    private static byte[] numbers(int... numbers) {
        byte[] bytes = new byte[3 * numbers.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (numbers[i / 3] >> (8 * (i % 3)));
        }
        return bytes;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
