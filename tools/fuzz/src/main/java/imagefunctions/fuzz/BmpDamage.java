package imagefunctions.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/** Changes the numbers in the headers of a BMP file. */
final class BmpDamage implements Damage {
    private static final int HEADERS = 54;

    /** The pixels' place, the header's length, width, height, planes and bits, compression, the pixels' length, colours. */
    private static final int[] FIELDS = {10, 14, 18, 22, 26, 28, 30, 34, 46, 50};

    private static final short[] BITS = {1, 2, 4, 8, 16, 24, 32};
    private static final int BITS_AT = 28;

    private final RandomGenerator random;
    private final Numbers numbers;

    BmpDamage(RandomGenerator random) {
        this.random = random;
        numbers = new Numbers(random);
    }

    @Override
    public byte[] damage(byte[] file, byte[] other) {
        if (file.length < HEADERS) {
            return numbers.withAnotherByte(file);
        }
        ByteBuffer bmp = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int field = FIELDS[random.nextInt(FIELDS.length)];
        if (field == BITS_AT) {
            bmp.putShort(field, BITS[random.nextInt(BITS.length)]);
        } else {
            bmp.putInt(field, numbers.insteadOf(bmp.getInt(field)));
        }
        return bmp.array();
    }
}
