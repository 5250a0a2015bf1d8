package imagefunctions.imaging.tiff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes 8 bits of samples of any depth: integers are scaled to their full range, floats lie between 0 and 1. */
final class TiffSamples {
    private final int bits;
    private final boolean floats;
    private final boolean palette;
    private final int together;
    private final ByteOrder order;

    TiffSamples(TiffLayout layout) {
        bits = layout.bits;
        floats = layout.floats;
        palette = layout.photometric == TiffLayout.Photometric.PALETTE;
        together = layout.samplesTogether();
        order = layout.predictor == 3 ? ByteOrder.BIG_ENDIAN : layout.order;
    }

    /**
     * Reads a row that begins at a byte; palette indices are left as they are.
     *
     * @param first the number of the first sample in its pixel
     */
    void read(byte[] data, int start, byte[] row, int count, int first) {
        ByteBuffer bytes = ByteBuffer.wrap(data).order(order);
        if (floats) {
            readFloats(bytes, start, row, count);
        } else if (bits == 8) {
            System.arraycopy(data, start, row, 0, count);
        } else if (bits == 16) {
            for (int i = 0; i < count; i++) {
                row[i] = (byte) (((bytes.getShort(start + 2 * i) & 0xFFFF) * 255 + 32767) / 65535);
            }
        } else {
            readIntegers(bytes, start, row, count, first);
        }
    }

    /** What is not a number is black. */
    private void readFloats(ByteBuffer bytes, int start, byte[] row, int count) {
        for (int i = 0; i < count; i++) {
            double number =
                    switch (bits) {
                        case 16 -> Float.float16ToFloat(bytes.getShort(start + 2 * i));
                        case 32 -> bytes.getFloat(start + 4 * i);
                        default -> bytes.getDouble(start + 8 * i);
                    };
            // Not a number, and what is below zero, fails both comparisons.
            row[i] = (byte) (number >= 1 ? 255 : number > 0 ? (int) (number * 255 + 0.5) : 0);
        }
    }

    private void readIntegers(ByteBuffer bytes, int start, byte[] row, int count, int first) {
        long full = (1L << bits) - 1;
        for (int i = 0; i < count; i++) {
            long sample =
                    switch (bits) {
                        case 32 -> Integer.toUnsignedLong(bytes.getInt(start + 4 * i));
                        case 24 -> threeBytes(bytes, start + 3 * i);
                        default -> sample(bytes, start, i);
                    };
            boolean index = palette && first == 0 && i % together == 0;
            row[i] = (byte) (index ? sample : (sample * 255 + full / 2) / full);
        }
    }

    private int threeBytes(ByteBuffer bytes, int at) {
        int outer = order == ByteOrder.LITTLE_ENDIAN ? 2 : 0;
        return (bytes.get(at + outer) & 0xFF) << 16
                | (bytes.get(at + 1) & 0xFF) << 8
                | (bytes.get(at + 2 - outer) & 0xFF);
    }

    private long sample(ByteBuffer bytes, int start, int index) {
        long first = (long) index * bits;
        long sample = 0;
        for (long bit = first; bit < first + bits; bit++) {
            sample = (sample << 1) | (bytes.get(start + (int) (bit >> 3)) >> (7 - (bit & 7)) & 1);
        }
        return sample;
    }
}
