package imagefunctions.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The chunks of a PNG file; compressed pixels are changed uncompressed, too. */
final class PngChunks implements Chunked {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int MOST_PIXEL_BYTES = 1 << 18;
    private static final byte[] DEPTHS = {1, 2, 4, 8, 16};
    private static final byte[] TYPES = {0, 2, 3, 4, 6};

    private final RandomGenerator random;
    private final Numbers numbers;

    PngChunks(RandomGenerator random) {
        this.random = random;
        numbers = new Numbers(random);
    }

    @Override
    public List<Chunk> split(byte[] file) {
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int at = SIGNATURE.length;
        while (at + 12 <= file.length) {
            int length = Math.clamp(bytes.getInt(at), 0, file.length - at - 12);
            String name = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            chunks.add(new Chunk(name, Arrays.copyOfRange(file, at + 8, at + 8 + length)));
            at += 12 + length;
        }
        return chunks;
    }

    @Override
    public byte[] join(List<Chunk> chunks) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        for (Chunk chunk : chunks) {
            byte[] name = chunk.name().getBytes(StandardCharsets.ISO_8859_1);
            CRC32 sum = new CRC32();
            sum.update(name);
            sum.update(chunk.data());
            file.writeBytes(ByteBuffer.allocate(4).putInt(chunk.data().length).array());
            file.writeBytes(name);
            file.writeBytes(chunk.data());
            file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
        }
        return file.toByteArray();
    }

    @Override
    public Chunk damaged(Chunk chunk) {
        byte[] data =
                switch (chunk.name()) {
                    case "IHDR" -> header(chunk.data());
                    case "IDAT" -> random.nextBoolean() ? pixels(chunk.data()) : numbers.withAnotherByte(chunk.data());
                    default -> numbers.withAnotherByte(chunk.data());
                };
        return new Chunk(chunk.name(), data);
    }

    private byte[] header(byte[] data) {
        if (data.length < 13) {
            return data;
        }
        ByteBuffer header = ByteBuffer.wrap(data.clone());
        switch (random.nextInt(4)) {
            case 0 -> {
                int side = 4 * random.nextInt(2);
                header.putInt(side, numbers.insteadOf(header.getInt(side)));
            }
            case 1 -> header.put(8, DEPTHS[random.nextInt(DEPTHS.length)]);
            case 2 -> header.put(9, TYPES[random.nextInt(TYPES.length)]);
            default -> header.put(10 + random.nextInt(3), (byte) random.nextInt(3));
        }
        return header.array();
    }

    private byte[] pixels(byte[] data) {
        byte[] rows = new byte[MOST_PIXEL_BYTES];
        try (Inflater inflater = new Inflater();
                Deflater deflater = new Deflater(random.nextInt(10))) {
            inflater.setInput(data);
            int length = inflater.inflate(rows);
            for (int i = random.nextInt(20); i > 0 && length > 0; i--) {
                rows[random.nextInt(length)] = (byte) random.nextInt(random.nextBoolean() ? 6 : 256);
            }
            deflater.setInput(rows, 0, random.nextInt(8) == 0 ? random.nextInt(length + 1) : length);
            deflater.finish();
            byte[] packed = new byte[length + length / 100 + 100];
            return Arrays.copyOf(packed, deflater.deflate(packed));
        } catch (DataFormatException e) {
            return numbers.withAnotherByte(data);
        }
    }
}
