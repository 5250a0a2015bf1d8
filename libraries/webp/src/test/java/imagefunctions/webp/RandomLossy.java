package imagefunctions.webp;

import java.util.Random;

/**
 * Lossy files that no encoder writes: every sequence of bits is a VP8 picture, so that behind the size all is random,
 * with all filters, segments, deltas, probabilities, modes, and one to eight partitions.
 */
final class RandomLossy {
    private static final int MAX_SIDE = 40;
    private static final int HEADER = 10;
    private static final int PARTITIONS = 8;

    private RandomLossy() {}

    static byte[] file(long seed) {
        Random random = new Random(seed);
        int width = 1 + random.nextInt(MAX_SIDE);
        int height = 1 + random.nextInt(MAX_SIDE);
        int macroblocks = Math.ceilDiv(width, 16) * Math.ceilDiv(height, 16);
        // Enough of each that no end is reached.
        int modes = 400 + 60 * macroblocks;
        int tokens = 2000 * macroblocks;
        byte[] data = new byte[HEADER + modes + 3 * (PARTITIONS - 1) + PARTITIONS * tokens];
        random.nextBytes(data);
        put(data, 0, 1 << 4 | random.nextInt(4) << 1 | modes << 5);
        put(data, 3, 0x2A019D);
        put(data, 6, width | random.nextInt(4) << 14);
        data[8] = (byte) height;
        data[9] = (byte) (random.nextInt(4) << 6);
        for (int partition = 0; partition < PARTITIONS - 1; partition++) {
            put(data, HEADER + modes + 3 * partition, tokens);
        }
        return WebpBuilder.simple("VP8 ", data);
    }

    private static void put(byte[] data, int at, int number) {
        data[at] = (byte) number;
        data[at + 1] = (byte) (number >> 8);
        data[at + 2] = (byte) (number >> 16);
    }
}
