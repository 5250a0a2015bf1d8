package imagefunctions.jpeg.write;

import imagefunctions.jpeg.format.CoefficientRange;
import imagefunctions.jpeg.format.HuffmanTable;
import imagefunctions.jpeg.format.Marker;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Sequential files with Huffman tables and blocks made up at random, large enough for every fast path. */
public final class RandomJpeg {
    private final RandomGenerator random;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int[] predictions = new int[3];
    private long pending;
    private int pendingBits;

    private RandomJpeg(RandomGenerator random) {
        this.random = random;
    }

    public static byte[] make(long seed, int restartInterval) {
        return new RandomJpeg(new SplittableRandom(seed)).make(restartInterval, seed % 3 == 0);
    }

    /** Makes a file, of which luma's and chroma's tables may be two, and yet give the same codes. */
    private byte[] make(int restartInterval, boolean alike) {
        int components = random.nextBoolean() ? 1 : 3;
        int h = random.nextInt(1, 3);
        int v = random.nextInt(1, 3);
        int wide = random.nextInt(1, 40);
        int high = random.nextInt(30, 60);
        HuffmanTable[] dc = {table(12, false), table(12, false)};
        HuffmanTable[] ac = {table(200, true), table(60, true)};
        if (alike) {
            dc[1] = dc[0];
            ac[1] = ac[0];
        }
        HuffmanTable[] named = {ac[0], alike ? withUnusedCode(ac[0]) : ac[1]};
        header(components, h, v, wide, high, restartInterval, dc, named);
        int density = 0;
        int rare = 0;
        for (int mcu = 0; mcu < wide * high; mcu++) {
            // The halves differ, so that either chain may be the first at its end.
            if (mcu % (wide * high / 2) == 0) {
                density = random.nextInt(1, 12);
                rare = 1 << random.nextInt(12);
            }
            if (restartInterval > 0 && mcu > 0 && mcu % restartInterval == 0) {
                flush();
                out.write(0xFF);
                out.write(Marker.RST0 + (mcu / restartInterval - 1) % 8);
                Arrays.fill(predictions, 0);
            }
            for (int c = 0; c < components; c++) {
                int blocks = c == 0 && components == 3 ? h * v : 1;
                for (int i = 0; i < blocks; i++) {
                    difference(dc[Math.min(c, 1)], c);
                    coefficients(ac[Math.min(c, 1)], random.nextInt(density + 1) == 0 ? 64 : density, rare);
                }
            }
        }
        flush();
        out.write(0xFF);
        out.write(Marker.EOI);
        return out.toByteArray();
    }

    /**
     * A table of a number of symbols at most, with codes of uneven lengths; AC ones have the end of block and long
     * runs.
     */
    private HuffmanTable table(int most, boolean ac) {
        int[] frequencies = new int[256];
        for (int i = 0; i < most; i++) {
            int symbol = ac ? random.nextInt(16) << 4 | random.nextInt(1, 11) : i;
            frequencies[symbol] = 1 + (int) Math.exp(random.nextDouble() * 12);
        }
        if (ac) {
            frequencies[0] = 1 + random.nextInt(100_000);
            frequencies[0xF0] = 1 + random.nextInt(1000);
            frequencies[0x01] = 1 + random.nextInt(100_000);
        }
        return OptimalTable.of(frequencies);
    }

    /** The same codes, and one more that no block has. */
    private static HuffmanTable withUnusedCode(HuffmanTable table) {
        byte[] definition = Arrays.copyOf(table.definition(), table.definitionLength() + 1);
        int unused = 0;
        while (table.length(unused) > 0) {
            unused++;
        }
        definition[HuffmanTable.MAX_CODE_LENGTH - 1]++;
        definition[definition.length - 1] = (byte) unused;
        return HuffmanTable.of(definition);
    }

    /** A DC difference of any category, to a coefficient that 8 bits a sample can give. */
    private void difference(HuffmanTable dc, int component) {
        int most = (1 << random.nextInt(12)) - 1;
        int value = Math.clamp(
                predictions[component] + random.nextInt(-most, most + 1),
                CoefficientRange.MIN_DC,
                CoefficientRange.MAX_DC);
        int difference = value - predictions[component];
        predictions[component] = value;
        int category = 32 - Integer.numberOfLeadingZeros(Math.abs(difference));
        put(dc, category);
        bits(difference < 0 ? difference + (1 << category) - 1 : difference, category);
    }

    /** Symbols as often as their codes are short, and now and then (one in {@code rare}) any symbol. */
    private void coefficients(HuffmanTable ac, int symbols, int rare) {
        int k = 0;
        for (int i = 0; i < symbols && k < 63; i++) {
            int symbol;
            do {
                symbol = random.nextInt(rare) == 0 ? random.nextInt(256) : ac.decode(random.nextLong()) & 0xFF;
            } while (ac.length(symbol) == 0 || symbol == 0);
            int advance = symbol == 0xF0 ? 16 : (symbol >> 4) + 1;
            if (k + advance > 63) {
                continue;
            }
            k += advance;
            put(ac, symbol);
            bits(random.nextInt(1 << (symbol & 15)), symbol & 15);
        }
        if (k < 63) {
            put(ac, 0);
        }
    }

    private void put(HuffmanTable table, int symbol) {
        bits(table.code(symbol), table.length(symbol));
    }

    private void bits(int value, int count) {
        pending = pending << count | value;
        pendingBits += count;
        while (pendingBits >= 8) {
            pendingBits -= 8;
            int octet = (int) (pending >> pendingBits) & 0xFF;
            out.write(octet);
            if (octet == 0xFF) {
                out.write(0);
            }
        }
    }

    private void flush() {
        if (pendingBits > 0) {
            bits((1 << (8 - pendingBits)) - 1, 8 - pendingBits);
        }
    }

    private void header(
            int components, int h, int v, int wide, int high, int interval, HuffmanTable[] dc, HuffmanTable[] ac) {
        bytes(0xFF, Marker.SOI, 0xFF, Marker.DQT, 0, 67, 0);
        for (int k = 0; k < 64; k++) {
            out.write(1 + k);
        }
        int width = 8 * wide * (components == 1 ? 1 : h);
        int height = 8 * high * (components == 1 ? 1 : v);
        bytes(
                0xFF,
                Marker.SOF0,
                0,
                8 + 3 * components,
                8,
                height >> 8,
                height & 255,
                width >> 8,
                width & 255,
                components);
        for (int c = 0; c < components; c++) {
            bytes(c + 1, c == 0 ? h << 4 | v : 0x11, 0);
        }
        for (int i = 0; i < 4; i++) {
            byte[] definition = (i < 2 ? dc : ac)[i % 2].definition();
            bytes(0xFF, Marker.DHT, (definition.length + 3) >> 8, (definition.length + 3) & 255, (i / 2) << 4 | i % 2);
            out.writeBytes(definition);
        }
        bytes(0xFF, Marker.DRI, 0, 4, interval >> 8, interval & 255);
        bytes(0xFF, Marker.SOS, 0, 6 + 2 * components, components);
        for (int c = 0; c < components; c++) {
            bytes(c + 1, c == 0 ? 0x00 : 0x11);
        }
        bytes(0, 63, 0);
    }

    private void bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
    }
}
