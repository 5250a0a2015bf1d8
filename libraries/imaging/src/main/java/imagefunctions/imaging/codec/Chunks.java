package imagefunctions.imaging.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The chunks of PNG files (PNG, 5.3): length, type, data, CRC. */
final class Chunks {

    private static final int START = 8;

    private Chunks() {}

    /** The data of the first complete chunk of that name. */
    static Optional<byte[]> first(byte[] file, String name) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
        long at = START;
        while (at + 8 <= file.length) {
            int chunk = (int) at;
            long length = Integer.toUnsignedLong(buffer.getInt(chunk));
            if (Arrays.equals(file, chunk + 4, chunk + 8, wanted, 0, 4) && at + 8 + length <= file.length) {
                return Optional.of(Arrays.copyOfRange(file, chunk + 8, chunk + 8 + (int) length));
            }
            at += 8 + length + 4;
        }
        return Optional.empty();
    }
}
