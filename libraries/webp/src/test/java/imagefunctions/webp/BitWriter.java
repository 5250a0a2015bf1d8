package imagefunctions.webp;

import java.io.ByteArrayOutputStream;

/** Writes bits, the lowest of a byte first. */
final class BitWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long word;
    private int count;

    void write(int number, int bits) {
        word |= (number & (1L << bits) - 1) << count;
        count += bits;
        while (count >= 8) {
            bytes.write((int) word);
            word >>>= 8;
            count -= 8;
        }
    }

    byte[] toByteArray() {
        write(0, -count & 7);
        return bytes.toByteArray();
    }
}
