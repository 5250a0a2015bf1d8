package imagefunctions.webp.lossy;

import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.Data;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The arithmetic decoder of a partition (RFC 6386, section 7).
 *
 * <p>Invariant: {@code value} is below {@code range << bits}, and has {@code bits} bits that are not compared yet; when
 * there are fewer than none, the next bytes are loaded.
 */
final class BoolDecoder {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int LOADED_BITS = 56;

    private final byte[] file;
    private final int end;
    private int position;
    private long value;
    private int bits = -8;
    private int range = 255;

    BoolDecoder(Data partition) {
        file = partition.file();
        end = partition.end();
        position = partition.offset();
    }

    /** Reads a bit that is 0 with a probability of that many 256ths. */
    int bit(int probability) {
        if (bits < 0) {
            load();
        }
        int split = 1 + (((range - 1) * probability) >> 8);
        long scaled = (long) split << bits;
        int bit;
        int rest;
        if (value >= scaled) {
            value -= scaled;
            rest = range - split;
            bit = 1;
        } else {
            rest = split;
            bit = 0;
        }
        int shift = Integer.numberOfLeadingZeros(rest) - 24;
        range = rest << shift;
        bits -= shift;
        return bit;
    }

    /** The number with the sign that is read. */
    int signed(int number) {
        return bit(128) == 1 ? -number : number;
    }

    boolean flag() {
        return bit(128) == 1;
    }

    int number(int width) {
        int number = 0;
        for (int i = 0; i < width; i++) {
            number = number << 1 | bit(128);
        }
        return number;
    }

    /** A flag, and if it is set a number and its sign, else 0. */
    int optionalSigned(int width) {
        return flag() ? signed(number(width)) : 0;
    }

    private void load() {
        if (position + Long.BYTES <= end) {
            value = value << LOADED_BITS | (long) LONG.get(file, position) >>> (Long.SIZE - LOADED_BITS);
            position += LOADED_BITS / 8;
            bits += LOADED_BITS;
        } else if (position < end) {
            value = value << 8 | (file[position++] & 0xFF);
            bits += 8;
        } else {
            throw new DamagedWebpException("The lossy WebP picture ends before its last pixel.");
        }
    }
}
