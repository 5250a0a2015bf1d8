package imagefunctions.imaging.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The chunks of PNG and WebP files. */
enum Chunks {
    /** PNG, 5.3: length, type, data, CRC. */
    PNG(8, 4, 0, ByteOrder.BIG_ENDIAN) {
        @Override
        long padded(long length) {
            return length + 4;
        }
    },
    /** RFC 9649, 2.3: FourCC, length, data, padded to an even length. */
    WEBP(12, 0, 4, ByteOrder.LITTLE_ENDIAN) {
        @Override
        long padded(long length) {
            return length + (length & 1);
        }
    };

    private final int start;
    private final int nameAt;
    private final int lengthAt;
    private final ByteOrder order;

    Chunks(int start, int nameAt, int lengthAt, ByteOrder order) {
        this.start = start;
        this.nameAt = nameAt;
        this.lengthAt = lengthAt;
        this.order = order;
    }

    abstract long padded(long length);

    /** Whether the file is as long as its RIFF header and its chunks say; the last padding byte may be missing. */
    static boolean wholeWebp(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file).order(WEBP.order);
        long end = 8 + Integer.toUnsignedLong(buffer.getInt(4));
        long at = WEBP.start;
        while (at + 8 <= Math.min(end, file.length)) {
            long length = Integer.toUnsignedLong(buffer.getInt((int) at + WEBP.lengthAt));
            if (at + 8 + length > file.length) {
                return false;
            }
            at += 8 + WEBP.padded(length);
        }
        return end <= Math.max(at, file.length);
    }

    /** The name of the chunk that begins there. */
    String name(byte[] file, int chunk) {
        return new String(file, chunk + nameAt, 4, StandardCharsets.US_ASCII);
    }

    /** The data of the first complete chunk of that name. */
    Optional<byte[]> first(byte[] file, String name) {
        ByteBuffer buffer = ByteBuffer.wrap(file).order(order);
        byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
        long at = start;
        while (at + 8 <= file.length) {
            int chunk = (int) at;
            long length = Integer.toUnsignedLong(buffer.getInt(chunk + lengthAt));
            if (Arrays.equals(file, chunk + nameAt, chunk + nameAt + 4, wanted, 0, 4)
                    && at + 8 + length <= file.length) {
                return Optional.of(Arrays.copyOfRange(file, chunk + 8, chunk + 8 + (int) length));
            }
            at += 8 + padded(length);
        }
        return Optional.empty();
    }
}
