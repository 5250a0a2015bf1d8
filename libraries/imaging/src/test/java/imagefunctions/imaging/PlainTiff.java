package imagefunctions.imaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Writes TIFF files of one uncompressed strip, with any entries. */
final class PlainTiff {
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;

    private final Map<Integer, int[]> entries = new TreeMap<>();
    private final Map<Integer, int[]> rationals = new TreeMap<>();
    private final ByteOrder order;
    private final byte[] pixels;

    /** A picture of one sample or several, all of the same number of bits. */
    PlainTiff(ByteOrder order, int width, int height, int samples, int bits, int photometric, byte[] pixels) {
        this.order = order;
        this.pixels = pixels.clone();
        int[] allBits = new int[samples];
        Arrays.fill(allBits, bits);
        with(256, width)
                .with(257, height)
                .with(258, allBits)
                .with(259, 1)
                .with(262, photometric)
                .with(277, samples);
        with(273, 0).with(278, height).with(279, pixels.length);
    }

    /** Adds or replaces an entry of 16-bit values, or 32-bit ones where they stand alone and are large. */
    PlainTiff with(int tag, int... values) {
        entries.put(tag, values);
        return this;
    }

    /** Adds an entry of thousandths. */
    PlainTiff withThousandths(int tag, int... values) {
        rationals.put(tag, values);
        return this;
    }

    byte[] file() {
        int extra = entries.values().stream()
                        .mapToInt(values -> values.length > 2 ? 2 * values.length : 0)
                        .sum()
                + rationals.values().stream()
                        .mapToInt(values -> 8 * values.length)
                        .sum();
        int directory = 8;
        int beyond = directory + 2 + 12 * (entries.size() + rationals.size()) + 4;
        entries.put(273, new int[] {beyond + extra});
        ByteBuffer file = ByteBuffer.allocate(beyond + extra + pixels.length).order(order);
        file.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
        file.putShort((short) 42).putInt(directory).putShort((short) (entries.size() + rationals.size()));
        for (Map.Entry<Integer, int[]> entry : entries.entrySet()) {
            int[] values = entry.getValue();
            boolean wide = values.length == 1;
            file.putShort(entry.getKey().shortValue())
                    .putShort((short) (wide ? LONG : SHORT))
                    .putInt(values.length);
            if (wide) {
                file.putInt(values[0]);
            } else if (values.length == 2) {
                file.putShort((short) values[0]).putShort((short) values[1]);
            } else {
                file.putInt(beyond);
                for (int value : values) {
                    file.putShort(beyond, (short) value);
                    beyond += 2;
                }
            }
        }
        for (Map.Entry<Integer, int[]> entry : rationals.entrySet()) {
            int[] values = entry.getValue();
            file.putShort(entry.getKey().shortValue())
                    .putShort((short) RATIONAL)
                    .putInt(values.length)
                    .putInt(beyond);
            for (int value : values) {
                file.putInt(beyond, value).putInt(beyond + 4, 1000);
                beyond += 8;
            }
        }
        return file.putInt(0).position(beyond).put(pixels).array();
    }
}
