package imagefunctions.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes PNG files of every colour type and depth, with random samples, all row filters, and Adam7. */
final class PngBuilder {
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final int width;
    private final int height;
    private final int depth;
    private final int type;
    private final boolean interlaced;
    private final Random random;

    PngBuilder(int width, int height, int type, int depth, boolean interlaced) {
        this.width = width;
        this.height = height;
        this.depth = depth;
        this.type = type;
        this.interlaced = interlaced;
        random = new Random(width * 31L + type * 7L + depth);
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) depth)
                        .put((byte) type)
                        .putShort((short) 0)
                        .put((byte) (interlaced ? 1 : 0))
                        .array());
    }

    /** A chunk whose checksum is that of another content. */
    PngBuilder brokenChunk(String name, byte[] content) {
        chunk(name, content);
        byte[] broken = file.toByteArray();
        broken[broken.length - 1] ^= 1;
        file.reset();
        file.writeBytes(broken);
        return this;
    }

    PngBuilder chunk(String name, byte[] content) {
        byte[] named = (name + new String(content, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(named);
        file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        file.writeBytes(named);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
        return this;
    }

    PngBuilder palette(int colours) {
        byte[] palette = new byte[3 * colours];
        random.nextBytes(palette);
        return chunk("PLTE", palette);
    }

    PngBuilder transparency(byte... content) {
        return chunk("tRNS", content);
    }

    byte[] end() {
        return pixels().chunk("IEND", new byte[0]).file.toByteArray();
    }

    PngBuilder pixels() {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        int[][] passes = interlaced ? ADAM7 : new int[][] {{0, 0, 1, 1}};
        for (int[] pass : passes) {
            int across = Math.ceilDiv(width - pass[0], pass[2]);
            int down = Math.ceilDiv(height - pass[1], pass[3]);
            byte[] row = new byte[(across * depth * samples() + 7) / 8];
            for (int y = 0; across > 0 && y < down; y++) {
                // What a filter leaves is as good as any: it makes other samples.
                rows.write(y % 5);
                random.nextBytes(row);
                rows.writeBytes(row);
            }
        }
        byte[] packed = new byte[rows.size() + 1000];
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(rows.toByteArray());
            deflater.finish();
            int length = deflater.deflate(packed);
            byte[] first = new byte[length / 3];
            byte[] second = new byte[length - first.length];
            ByteBuffer.wrap(packed, 0, length).get(first).get(second);
            return chunk("IDAT", first).chunk("IDAT", second);
        }
    }

    private int samples() {
        return switch (type) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }
}
