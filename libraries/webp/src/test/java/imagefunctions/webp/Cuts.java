package imagefunctions.webp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Files that end too early and do not say so: all lengths in them are those of what is left. */
final class Cuts {
    static final int COUNT = 40;

    private Cuts() {}

    /** The first part of a file: half of the cuts are evenly spread, the others are at each of the last bytes. */
    static byte[] raw(byte[] file, int cut) {
        int half = COUNT / 2;
        return Arrays.copyOf(file, cut < half ? file.length * cut / half : file.length - COUNT + cut);
    }

    /** The same with the length of the file, and of the chunk that the cut goes through, mended, and padded. */
    static byte[] mended(byte[] file, int cut) {
        byte[] rest = raw(file, cut);
        ByteBuffer buffer = ByteBuffer.wrap(Arrays.copyOf(rest, rest.length + (rest.length & 1)))
                .order(ByteOrder.LITTLE_ENDIAN);
        if (rest.length >= 8) {
            buffer.putInt(4, buffer.capacity() - 8);
        }
        for (int at = 12; at + 8 <= rest.length; ) {
            int length = Math.min(buffer.getInt(at + 4), rest.length - at - 8);
            buffer.putInt(at + 4, length);
            at += 8 + length + (length & 1);
        }
        return buffer.array();
    }
}
