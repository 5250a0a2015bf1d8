package imagefunctions.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** The chunks of a WebP file, and those within the frames of an animation. */
final class WebpChunks implements Chunked {
    private static final int FILE_HEADER = 12;
    private static final int FRAME_HEADER = 16;

    private final RandomGenerator random;
    private final Numbers numbers;

    WebpChunks(RandomGenerator random) {
        this.random = random;
        numbers = new Numbers(random);
    }

    @Override
    public List<Chunk> split(byte[] file) {
        return chunks(file, FILE_HEADER);
    }

    private static List<Chunk> chunks(byte[] bytes, int from) {
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = from;
        while (at + 8 <= bytes.length) {
            int length = Math.clamp(all.getInt(at + 4), 0, bytes.length - at - 8);
            String name = new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
            chunks.add(new Chunk(name, Arrays.copyOfRange(bytes, at + 8, at + 8 + length)));
            at += 8 + length + (length & 1);
        }
        return chunks;
    }

    @Override
    public byte[] join(List<Chunk> chunks) {
        byte[] joined = joined(chunks);
        return ByteBuffer.allocate(FILE_HEADER + joined.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(name("RIFF"))
                .putInt(4 + joined.length)
                .put(name("WEBP"))
                .put(joined)
                .array();
    }

    private static byte[] joined(List<Chunk> chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Chunk chunk : chunks) {
            int length = chunk.data().length;
            out.writeBytes(name(chunk.name()));
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(length)
                    .array());
            out.writeBytes(chunk.data());
            out.writeBytes(new byte[length & 1]);
        }
        return out.toByteArray();
    }

    private static byte[] name(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public Chunk damaged(Chunk chunk) {
        byte[] data = chunk.data();
        return new Chunk(
                chunk.name(),
                switch (chunk.name()) {
                    case "VP8X" -> size(data, 4 + 3 * random.nextInt(2), 3);
                    case "VP8 " -> size(data, 6 + 2 * random.nextInt(2), 2);
                    case "VP8L" -> size(data, 1 + random.nextInt(3), 2);
                    case "ANMF" -> frame(data);
                    default -> numbers.withAnotherByte(data);
                });
    }

    /** One time in three another size, else another byte. */
    private byte[] size(byte[] data, int at, int bytes) {
        if (random.nextInt(3) > 0 || at + bytes > data.length) {
            return numbers.withAnotherByte(data);
        }
        byte[] changed = data.clone();
        int size = numbers.any();
        for (int i = 0; i < bytes; i++) {
            changed[at + i] = (byte) (size >> (8 * i));
        }
        return changed;
    }

    private byte[] frame(byte[] data) {
        List<Chunk> inner = chunks(data, FRAME_HEADER);
        if (inner.isEmpty() || random.nextInt(3) == 0) {
            return size(data, 3 * random.nextInt(4), 3);
        }
        int at = random.nextInt(inner.size());
        inner.set(at, damaged(inner.get(at)));
        byte[] joined = joined(inner);
        return ByteBuffer.allocate(FRAME_HEADER + joined.length)
                .put(data, 0, FRAME_HEADER)
                .put(joined)
                .array();
    }
}
