package imagefunctions.imaging.tiff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes 8 bits of samples of any depth: integers are scaled to their full range, floats lie between 0 and 1. */
final class TiffSamples {
    private final int bits;
    private final boolean floats;
    private final boolean indices;
    private final ByteOrder order;

    TiffSamples(TiffLayout layout) {
        bits = layout.bits;
        floats = layout.floats;
        indices = layout.photometric == TiffLayout.Photometric.PALETTE;
        order = layout.predictor == 3 ? ByteOrder.BIG_ENDIAN : layout.order;
    }

    /** Reads a row that begins at a byte; palette indices are left as they are. */
    void read(byte[] data, int start, byte[] row, int count) {
        if (bits == 8) {
            System.arraycopy(data, start, row, 0, count);
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(data).order(order);
        long full = (1L << Math.min(bits, 32)) - 1;
        for (int i = 0; i < count; i++) {
            if (floats) {
                row[i] = (byte) Math.round(255 * Math.clamp(number(bytes, start + i * bits / 8), 0, 1));
            } else {
                long sample = sample(bytes, start, i);
                row[i] = (byte) (indices ? sample : (sample * 255 + full / 2) / full);
            }
        }
    }

    /** What is not a number is black. */
    private double number(ByteBuffer bytes, int at) {
        double number =
                switch (bits) {
                    case 16 -> Float.float16ToFloat(bytes.getShort(at));
                    case 32 -> bytes.getFloat(at);
                    default -> bytes.getDouble(at);
                };
        return Double.isNaN(number) ? 0 : number;
    }

    private long sample(ByteBuffer bytes, int start, int index) {
        if (bits == 16) {
            return bytes.getShort(start + 2 * index) & 0xFFFF;
        }
        if (bits == 32) {
            return Integer.toUnsignedLong(bytes.getInt(start + 4 * index));
        }
        long first = (long) index * bits;
        long sample = 0;
        for (long bit = first; bit < first + bits; bit++) {
            sample = (sample << 1) | (bytes.get(start + (int) (bit >> 3)) >> (7 - (bit & 7)) & 1);
        }
        return sample;
    }
}
