package imagefunctions.webp.lossless;

import imagefunctions.webp.format.DamagedWebpException;
import imagefunctions.webp.format.Data;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads bits, the lowest of a byte first.
 *
 * <p>Invariant: the low {@code count} bits of {@code word} are the next ones. Behind the end there are zeros, and
 * {@code count} becomes negative once one of them is used: whoever takes symbols has to {@link #check} that before the
 * result is believed.
 */
final class BitReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] file;
    private final int end;
    private int position;
    private long word;
    private int count;

    BitReader(Data data) {
        file = data.file();
        end = data.end();
        position = data.offset();
    }

    /** Makes at least 56 bits available, if there are as many. */
    void refill() {
        if (position + Long.BYTES <= end) {
            word |= (long) LONG.get(file, position) << count;
            position += (63 - count) >>> 3;
            count |= 56;
            return;
        }
        while (count <= 56 && position < end) {
            word |= (file[position++] & 0xFFL) << count;
            count += 8;
        }
    }

    /** Reads 0 to 24 bits as a number. */
    int read(int bits) {
        refill();
        int value = (int) word & (1 << bits) - 1;
        word >>>= bits;
        count -= bits;
        check();
        return value;
    }

    boolean flag() {
        return read(1) == 1;
    }

    /** Takes the next symbol; at least 15 bits have to be available. */
    int symbol(PrefixCode code) {
        char entry = code.entry((int) word);
        word >>>= PrefixCode.length(entry);
        count -= PrefixCode.length(entry);
        return PrefixCode.symbol(entry);
    }

    /** Whether fewer than a code's longest symbol's bits are at hand. */
    boolean low() {
        return count < PrefixCode.MAX_LENGTH;
    }

    void check() {
        if (count < 0) {
            throw new DamagedWebpException("The lossless WebP picture ends before its last pixel.");
        }
    }

    long remaining() {
        return 8L * (end - position) + count;
    }
}
